package io.github.anople.benchmark;

import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.InspectionDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    /** As MVTec LOCO. */
    LOCO,
    /** As MVTec AD 2. */
    MVTEC_AD2,
    /** As BTAD. */
    BTAD,
    /** As VisA. */
    VISA,
    /** As Real-IAD. */
    REAL_IAD,
    /** A manifest of Lookout for Vision. */
    LOOKOUT;

    /**
     * The layout's name, as a person writes it.
     *
     * @return for example {@code mvtec-ad2}
     */
    public String id() {
      return ofData().id();
    }

    /**
     * The layout of a name.
     *
     * @param id as {@link #id} gives it
     * @return the layout, if there is one of that name
     */
    public static Optional<Layout> of(String id) {
      return DataLayout.of(id).map(layout -> valueOf(layout.name()));
    }

    /**
     * The layout of what is there.
     *
     * @param root a data set's folder, or a manifest
     * @return the layout; MVTec AD's where it is none of them
     */
    public static Layout find(Path root) {
      return valueOf(DataLayout.find(root).name());
    }

    private DataLayout ofData() {
      return DataLayout.valueOf(name());
    }
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
    return layout.ofData().read(root, names);
  }
}
