package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a published data set lies on disk. */
public enum DataLayout {
  /** As MVTec AD: {@link MvtecLayout}. */
  MVTEC,
  /** As MVTec LOCO: {@link MvtecLayout}. */
  LOCO,
  /** As MVTec AD 2: {@link MvtecLayout}. */
  MVTEC_AD2,
  /** As BTAD: {@link MvtecLayout}. */
  BTAD,
  /** As VisA: {@link VisaLayout}. */
  VISA,
  /** As Real-IAD: {@link RealIadLayout}. */
  REAL_IAD,
  /** A manifest of Lookout for Vision: {@link LookoutLayout}. */
  LOOKOUT;

  /** The layouts' names, as a person writes them, for help and messages. */
  public static final String IDS =
      Arrays.stream(values()).map(DataLayout::id).collect(Collectors.joining("|"));

  /**
   * The layout's name, as a person writes it.
   *
   * @return for example {@code mvtec-ad2}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The layout of a name.
   *
   * @param id as {@link #id} gives it
   * @return the layout, if there is one of that name
   */
  public static Optional<DataLayout> of(String id) {
    return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
  }

  /**
   * The layout of what is there. Where it is none of them, MVTec AD's reader says best what it
   * misses.
   *
   * @param root the data set's folder, or a manifest
   * @return the layout that {@link #read} should be asked of
   */
  public static DataLayout find(Path root) {
    if (LookoutLayout.matches(root)) {
      return LOOKOUT;
    }
    if (VisaLayout.matches(root)) {
      return VISA;
    }
    return RealIadLayout.matches(root) ? REAL_IAD : MVTEC;
  }

  /**
   * How the names of its images tell which of them show views of one part.
   *
   * @return the pattern; empty where each image shows a part of its own
   */
  public Optional<PartPattern> parts() {
    return this == REAL_IAD ? Optional.of(PartPattern.realIad()) : Optional.empty();
  }

  /**
   * Reads categories. What lies there in another layout is read in its own: who names the wrong one
   * of two that one reader knows is not told off.
   *
   * @param root the data set's folder, or a manifest
   * @param categories the names of those to read, in the order wanted; none means all. The images
   *     of a manifest have no category, and take a name that is given alone
   * @return the data set
   * @throws InputException as the layout's own reader does
   */
  public InspectionDataset read(Path root, List<String> categories) {
    return switch (this) {
      case MVTEC, LOCO, MVTEC_AD2, BTAD -> MvtecLayout.read(root, categories);
      case VISA -> VisaLayout.read(root, categories);
      case REAL_IAD -> RealIadLayout.read(root, categories);
      case LOOKOUT -> {
        if (categories.size() > 1) {
          throw new InputException(
              root,
              "is one manifest, and its images cannot be of " + categories.size() + " categories",
              "name the one that they show");
        }
        yield LookoutLayout.read(root, categories.stream().findFirst());
      }
    };
  }
}
