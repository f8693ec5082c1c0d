package io.github.anople.server.web;

import java.util.List;
import java.util.Optional;

/**
 * The good pictures of a product.
 *
 * @param head of the page
 * @param pictures in the order in which they came
 * @param shots how many of them a detector learns from
 * @param doubts what is doubtful about them, a sentence each
 * @param drawing where to say which part of them counts; empty without a shot
 */
public record PicturesPage(
    ProductHead head,
    List<Item> pictures,
    int shots,
    List<String> doubts,
    Optional<Drawing> drawing) {

  /**
   * A good picture.
   *
   * @param sha256 its content
   * @param preview address of a small picture of it
   * @param name what its file was called
   * @param purpose what it is for
   * @param remarks what was said of the file when it came; may be empty
   * @param doubts about it, a few words each
   */
  public record Item(
      String sha256,
      String preview,
      String name,
      String purpose,
      String remarks,
      List<String> doubts) {

    /** Copies the doubts. */
    public Item {
      doubts = List.copyOf(doubts);
    }
  }

  /**
   * Where to say which part of pictures counts.
   *
   * @param preview address of the picture that it is drawn on
   * @param name what that one is called
   * @param region what was drawn before, as JSON; empty for the whole picture
   * @param known whether the detector that inspects knows it, if there is one
   */
  public record Drawing(String preview, String name, String region, boolean known) {}

  /** Copies the lists. */
  public PicturesPage {
    pictures = List.copyOf(pictures);
    doubts = List.copyOf(doubts);
  }

  /**
   * Where the small form of a good picture is.
   *
   * @param product the product's name
   * @param sha256 the picture's content
   * @return its address
   */
  static String preview(String product, String sha256) {
    return "/products/" + product + "/pictures/" + sha256 + "/preview";
  }
}
