package io.github.anople.lab.pretrain.scene;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everyday sentences about a scene. */
final class Captions {

  private static final int WORDS = 19;

  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private Captions() {}

  /**
   * What a caption may say.
   *
   * @param ground the background
   * @param main what the scene is about: the object, or the background itself
   * @param count how many such objects there are, 0 for bare material
   * @param layout "in a row", or empty
   */
  record Facts(Region ground, Region main, int count, String layout) {}

  static List<String> write(Facts facts, Dice dice) {
    Set<String> all = new LinkedHashSet<>();
    String state = stated(facts.main());
    boolean bare = facts.count() == 0;
    String plain = bare ? facts.main().material() : facts.main().object();
    all.add(dice.word("a photo of ", "a picture of ", "an image of ", "") + amount(facts, plain));
    all.add(
        dice.word("a photo of ", "a close view of ", "a cropped photo of ", "")
            + amount(facts, facts.main().phrase()));
    all.add(
        dice.word(
                "a photo of ",
                "a picture of ",
                "this shows ",
                "a bright photo of ",
                "a dark photo of ",
                "we see ")
            + amount(facts, state));
    all.add(dice.word("a photo of ", "an inspection image of ", "") + general(facts, plain));
    if (bare) {
      all.add(
          dice.word(
                  "a close-up of ",
                  "the surface of ",
                  "texture of ",
                  "a sheet of ",
                  "a macro photo of ")
              + facts.main().phrase());
      all.add(state + dice.word(" surface", " texture", " up close", " filling the frame"));
    } else {
      all.add(
          amount(facts, facts.main().phrase())
              + dice.word(" on ", " lying on ", " on top of ")
              + facts.ground().phrase());
      all.add(
          amount(facts, state)
              + facts.layout()
              + (dice.chance(0.4) ? " on " + facts.ground().material() : ""));
      all.add("a photo of " + amount(facts, state) + " on " + stated(facts.ground()));
    }
    all.add(verdict(facts, dice, plain));
    List<String> captions = new ArrayList<>();
    for (String caption : all) {
      String clean = caption.strip().replaceAll(" +", " ");
      if (clean.split(" ", -1).length <= WORDS) {
        captions.add(clean);
      }
    }
    return captions;
  }

  private static String stated(Region region) {
    return region.condition().isWhole()
        ? region.condition().word() + " " + region.phrase()
        : region.damagePhrase();
  }

  private static String general(Facts facts, String plain) {
    return amount(facts, facts.main().condition().word() + " " + plain);
  }

  private static String verdict(Facts facts, Dice dice, String plain) {
    Condition condition = facts.main().condition();
    if (condition.isWhole()) {
      return plain
          + dice.word(
              " without damage",
              " without defect",
              " in good condition",
              " that looks normal",
              " with nothing wrong");
    }
    return switch (dice.below(4)) {
      case 0 -> plain + " with damage";
      case 1 -> plain + " with a defect";
      case 2 -> SceneWords.damaged(condition.damage(), plain);
      default -> plain + " that is not normal";
    };
  }

  private static String amount(Facts facts, String noun) {
    if (facts.count() == 0) {
      return noun;
    }
    if (facts.count() > 1) {
      String number = facts.count() < NUMBERS.size() ? NUMBERS.get(facts.count()) : "many";
      return number + " " + plural(noun);
    }
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  static String plural(String noun) {
    int with = noun.indexOf(" with ");
    if (with > 0) {
      return plural(noun.substring(0, with)) + noun.substring(with);
    }
    if (noun.endsWith("y") && !noun.endsWith("ey")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    if (noun.endsWith("leaf")) {
      return noun.substring(0, noun.length() - 1) + "ves";
    }
    return noun
        + (noun.endsWith("s") || noun.endsWith("x") || noun.endsWith("ch") || noun.endsWith("sh")
            ? "es"
            : "s");
  }
}
