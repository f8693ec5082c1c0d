package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.TrialStore;
import java.util.List;
import java.util.Optional;

/**
 * The detector of a product: its training and its versions.
 *
 * @param head of the page
 * @param shots how many good pictures it would learn from
 * @param corrections how many pictures a correction would remember or forget
 * @param job the latest training; empty before the first
 * @param versions the newest first
 */
public record DetectorPage(
    ProductHead head,
    int shots,
    int corrections,
    Optional<JobItem> job,
    List<VersionItem> versions) {

  /**
   * A training.
   *
   * @param id its number
   * @param what is done
   * @param state how it stands
   * @param ended whether nothing more happens
   * @param stage what is being done
   * @param done steps that are done
   * @param total steps in all; 0 where nobody knows
   * @param fault why it failed; may be empty
   * @param remarks what it found odd
   */
  public record JobItem(
      long id,
      String what,
      String state,
      boolean ended,
      String stage,
      int done,
      int total,
      String fault,
      List<String> remarks) {

    /** Copies the remarks. */
    public JobItem {
      remarks = List.copyOf(remarks);
    }

    static JobItem of(Job job) {
      return new JobItem(
          job.id(),
          switch (job.kind()) {
            case "calibrate" -> "Thresholds";
            case "correct" -> "Correction";
            default -> "Training";
          },
          job.state().id(),
          job.state().ended(),
          job.stage(),
          job.done(),
          job.total(),
          job.fault().orElse(""),
          job.remarks().lines().toList());
    }
  }

  /**
   * A version.
   *
   * @param version its number
   * @param active whether it inspects
   * @param provisional whether it was made without training
   * @param statement what its thresholds promise
   * @param made when, in words
   * @param origin how, in words
   * @param trial what it says of earlier pictures; empty where it was not tried
   */
  public record VersionItem(
      int version,
      boolean active,
      boolean provisional,
      String statement,
      String made,
      String origin,
      Optional<Trial> trial) {}

  /**
   * What a version says of the last pictures that others have inspected.
   *
   * @param pictures how many
   * @param words how many verdicts are others
   * @param changed the pictures with another verdict
   */
  public record Trial(int pictures, String words, List<Changed> changed) {

    /** Copies the pictures. */
    public Trial {
      changed = List.copyOf(changed);
    }

    static Optional<Trial> of(Product product, List<TrialStore.Trial> trials) {
      List<Changed> changed =
          trials.stream()
              .filter(one -> !one.verdict().equals(one.verdictBefore()))
              .map(one -> Changed.of(product, one))
              .toList();
      return trials.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Trial(
                  trials.size(),
                  changed.isEmpty()
                      ? "all verdicts are the same."
                      : Words.count(changed.size(), "verdict") + " changed.",
                  changed));
    }
  }

  /**
   * A picture with another verdict.
   *
   * @param place where the inspection is
   * @param id its number
   * @param before the verdict then
   * @param now the verdict of the new version
   * @param scoreBefore the score then
   * @param score the score now
   */
  public record Changed(
      String place, long id, String before, String now, String scoreBefore, String score) {

    private static Changed of(Product product, TrialStore.Trial trial) {
      return new Changed(
          "/products/" + product.name() + "/history/" + trial.inspection(),
          trial.inspection(),
          trial.verdictBefore(),
          trial.verdict(),
          Words.score(trial.scoreBefore()),
          Words.score(trial.score()));
    }
  }

  /** Copies the versions. */
  public DetectorPage {
    versions = List.copyOf(versions);
  }
}
