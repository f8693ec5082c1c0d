package io.github.anople.torch.clip;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names tell of the activation that a CLIP was trained with. The wrong one is computed without
 * a fault, and features are off by some percent.
 *
 * <p>Source: the pretrained weights that OpenCLIP lists under its {@code -quickgelu} models, and
 * those that it lists under the plain ones.
 */
public enum Activation {
  /** QuickGELU, x·sigmoid(1.702x): OpenAI's weights, MetaCLIP, DFN, and what says so. */
  QUICK_GELU,
  /** The exact GELU: weights of LAION, DataComp and CommonPool. */
  GELU,
  /** Nothing is known. */
  UNTOLD;

  private static final Pattern QUICK =
      Pattern.compile(
          "quick-?gelu|openai|meta-?clip|(^|-)dfn\\d?b?(-|$)|" + KnownArchitectures.META_CLIP);

  /** A later DFN, of 39 billion pictures, of which nothing here is known. */
  private static final Pattern PLAIN_DFN = Pattern.compile("(^|-)dfn2b-.*39b(-|$)");

  private static final Pattern PLAIN = Pattern.compile("laion|data-?comp|common-?pool");

  /**
   * What the names of a checkpoint tell together.
   *
   * @param names of its file, folder and architecture
   * @return the activation
   */
  public static Activation mentionedIn(Collection<String> names) {
    boolean plain = false;
    for (String name : names) {
      String key = key(name);
      if (QUICK.matcher(key).find() && !PLAIN_DFN.matcher(key).find()) {
        return QUICK_GELU;
      }
      plain |= PLAIN.matcher(key).find();
    }
    return plain ? GELU : UNTOLD;
  }

  /** A name in lower case, with one dash for everything that is no letter or digit. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
