package io.github.anople.server.web;

import java.util.List;
import java.util.Map;

/**
 * All about a version of a detector.
 *
 * @param head of the page
 * @param item the version
 * @param sha256 content of its {@code .anople}
 * @param graphSha256 content of its {@code .onnx}
 * @param pictures that it was made from
 * @param settings that it was made with
 */
public record VersionPage(
    ProductHead head,
    DetectorPage.VersionItem item,
    String sha256,
    String graphSha256,
    List<Used> pictures,
    Map<String, String> settings) {

  /**
   * A picture that a version was made from.
   *
   * @param name what it is called; the beginning of its content's name where it was removed since
   * @param purpose what it was for
   * @param preview address of a small picture; empty where it was removed since
   */
  public record Used(String name, String purpose, String preview) {}

  /** Copies the pictures; settings stay in their order. */
  public VersionPage {
    pictures = List.copyOf(pictures);
  }
}
