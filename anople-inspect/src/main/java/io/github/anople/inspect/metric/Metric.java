package io.github.anople.inspect.metric;

/** The metrics that a result may have, in the order in which tables show them. */
public enum Metric {
  /** Area under the ROC curve of the image scores. */
  IMAGE_AUROC("image_auroc", "image AUROC"),
  /** Average precision of the image scores. */
  IMAGE_AP("image_ap", "image AP"),
  /** The best F1 of the image scores. */
  IMAGE_F1_MAX("image_f1_max", "F1-max"),
  /** The image score that reaches the best F1: chosen with the labels, so not for use in a line. */
  IMAGE_F1_THRESHOLD("image_f1_threshold", "at score"),
  /** Area under the ROC curve over all pixels. */
  PIXEL_AUROC("pixel_auroc", "pixel AUROC"),
  /** Average precision over all pixels. */
  PIXEL_AP("pixel_ap", "pixel AP"),
  /** Area under the per-region overlap curve up to a false positive rate of 0.3. */
  AUPRO("aupro", "AUPRO"),
  /** Area under the per-region overlap curve up to a false positive rate of 0.05. */
  AUPRO_05("aupro_0.05", "AUPRO 0.05"),
  /**
   * Area under the ROC curve of parts that several images show, each with its largest score; also
   * called S-AUROC, of samples.
   */
  PART_AUROC("part_auroc", "part AUROC");

  private final String id;
  private final String title;

  Metric(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /**
   * Its name in files.
   *
   * @return for example {@code image_auroc}
   */
  public String id() {
    return id;
  }

  /**
   * Its name in a table's head.
   *
   * @return for example {@code image AUROC}
   */
  public String title() {
    return title;
  }
}
