package io.github.anople.benchmark;

import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.data.VisaLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set of a grid.
 *
 * @param name what tables call it
 * @param layout how it lies on disk
 * @param root its folder
 * @param categories which of its categories, in order; empty for all
 */
public record GridData(String name, Layout layout, Path root, List<String> categories) {

  /** How a data set lies on disk. */
  public enum Layout {
    /** As MVTec AD. */
    MVTEC,
    /** As VisA. */
    VISA
  }

  /** A data set of a grid. */
  public GridData {
    categories = List.copyOf(categories);
  }

  /**
   * Lists its images.
   *
   * @return the categories asked for
   * @throws io.github.anople.core.InputException if it is not there, or lacks a category
   */
  public InspectionDataset read() {
    return read(categories);
  }

  /**
   * Lists the images of some categories.
   *
   * @param names which
   * @return those categories
   * @throws io.github.anople.core.InputException if it is not there, or lacks one of them
   */
  public InspectionDataset read(List<String> names) {
    return switch (layout) {
      case MVTEC -> MvtecLayout.read(root, names);
      case VISA -> VisaLayout.read(root, names);
    };
  }
}
