package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;
import java.util.Optional;

/**
 * An inspected image: its name, its outcome, its score and what else is known, and small pictures.
 *
 * @param name the image's name
 * @param outcome how it came out
 * @param score its score as it is shown
 * @param facts what else is known of it
 * @param pictures the image and its maps
 * @param keys what a script sorts and filters by
 */
public record ImageCard(
    String name, Chip outcome, String score, List<Fact> facts, List<Captioned> pictures, Keys keys)
    implements Content {

  /**
   * Something known of the image.
   *
   * @param what who knows it, or how; it may be empty
   * @param text what is known; it may come out of the data
   */
  public record Fact(String what, String text) {}

  /**
   * A picture with its caption.
   *
   * @param caption what it shows
   * @param picture the picture, where there is one
   * @param without why there is none
   */
  public record Captioned(String caption, Optional<Picture> picture, String without) {}

  /**
   * What a script sorts and filters by.
   *
   * @param rank the place in the page's own order, from 0
   * @param score the score, unrounded
   * @param defect the type of defect
   * @param label {@code normal}, {@code anomalous} or {@code unknown}
   * @param miss whether the detector is wrong here
   * @param uncertain whether it leaves the decision to somebody
   * @param part the part that it shows a view of; null where each image is judged alone
   */
  public record Keys(
      int rank,
      float score,
      String defect,
      String label,
      boolean miss,
      boolean uncertain,
      String part) {}

  public ImageCard {
    facts = List.copyOf(facts);
    pictures = List.copyOf(pictures);
  }

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/imageCard", this, output);
  }
}
