package io.github.anople.server.web;

import java.util.List;
import java.util.Optional;

/**
 * The detector of a product: its training and its versions.
 *
 * @param head of the page
 * @param shots how many good pictures it would learn from
 * @param job the latest training; empty before the first
 * @param versions the newest first
 */
public record DetectorPage(
    ProductHead head, int shots, Optional<JobItem> job, List<VersionItem> versions) {

  /**
   * A training.
   *
   * @param id its number
   * @param state how it stands
   * @param ended whether nothing more happens
   * @param stage what is being done
   * @param done steps that are done
   * @param total steps in all; 0 where nobody knows
   * @param fault why it failed; may be empty
   */
  public record JobItem(
      long id, String state, boolean ended, String stage, int done, int total, String fault) {}

  /**
   * A version.
   *
   * @param version its number
   * @param active whether it inspects
   * @param provisional whether it was made without training
   * @param statement what its thresholds promise
   * @param made when, in words
   */
  public record VersionItem(
      int version, boolean active, boolean provisional, String statement, String made) {}

  /** Copies the versions. */
  public DetectorPage {
    versions = List.copyOf(versions);
  }
}
