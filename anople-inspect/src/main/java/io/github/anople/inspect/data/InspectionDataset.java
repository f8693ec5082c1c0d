package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The images of one or more categories, each with a normal training part and a labelled test part.
 *
 * @param name the data set's name, usually its folder's
 * @param categories its categories, at least one, no name twice
 */
public record InspectionDataset(String name, List<Category> categories) {

  /**
   * A data set.
   *
   * @throws IllegalArgumentException if the name is blank, there is no category, or two share a
   *     name
   */
  public InspectionDataset {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a data set needs a name");
    }
    categories = List.copyOf(categories);
    Set<String> seen = new HashSet<>();
    for (Category category : categories) {
      if (!seen.add(category.name())) {
        throw new IllegalArgumentException("category " + category.name() + " is given twice");
      }
    }
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("data set " + name + " has no category");
    }
  }

  /**
   * The images of one kind of object.
   *
   * @param name the category's name, for example {@code metal_nut}
   * @param train normal images to choose the shots from, in listing order; may be empty where only
   *     a test is wanted
   * @param test images to measure a detector with, in listing order; may be empty
   * @param remarks what a person is to know of how they were found
   */
  public record Category(String name, List<Sample> train, List<Sample> test, Remarks remarks) {

    /**
     * A category.
     *
     * @throws IllegalArgumentException if a training sample is not normal, or a sample belongs to
     *     another category
     */
    public Category {
      train = List.copyOf(train);
      test = List.copyOf(test);
      for (Sample sample : train) {
        requireOwn(name, sample);
        if (sample.label() != Label.NORMAL) {
          throw new IllegalArgumentException(
              sample.image() + " is " + sample.label() + ", training takes normal images only");
        }
      }
      for (Sample sample : test) {
        requireOwn(name, sample);
      }
    }

    /**
     * A category of whose finding there is nothing to say.
     *
     * @param name the category's name
     * @param train normal images to choose the shots from
     * @param test images to measure a detector with
     * @throws IllegalArgumentException if a training sample is not normal, or a sample belongs to
     *     another category
     */
    public Category(String name, List<Sample> train, List<Sample> test) {
      this(name, train, test, Remarks.NONE);
    }

    private static void requireOwn(String name, Sample sample) {
      if (!sample.category().equals(name)) {
        throw new IllegalArgumentException(
            sample.image() + " belongs to " + sample.category() + ", not to " + name);
      }
    }
  }

  /**
   * The category of that name.
   *
   * @param category the name sought
   * @return its images
   * @throws InputException if there is none; the message lists those there are
   */
  public Category category(String category) {
    return categories.stream()
        .filter(one -> one.name().equals(category))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "data set " + name,
                    "has no category '" + category + "'",
                    "choose from " + ImageFiles.some(categoryNames())));
  }

  /**
   * The categories' names.
   *
   * @return in the order of {@link #categories()}
   */
  public List<String> categoryNames() {
    return categories.stream().map(Category::name).toList();
  }

  /**
   * What a person is to know of how the images were found.
   *
   * @return the categories' remarks, each once
   */
  public Remarks remarks() {
    return categories.stream().map(Category::remarks).reduce(Remarks.NONE, Remarks::with);
  }

  /**
   * The same images with masks that are drawn over other pixels.
   *
   * @param pixels which
   * @return a data set
   */
  public InspectionDataset withMasksOver(MaskStyle.Pixels pixels) {
    return new InspectionDataset(
        name,
        categories.stream()
            .map(
                one ->
                    new Category(
                        one.name(),
                        one.train(),
                        one.test().stream().map(sample -> sample.over(pixels)).toList(),
                        one.remarks()))
            .toList());
  }

  /**
   * The training samples of all categories.
   *
   * @return category by category
   */
  public List<Sample> train() {
    return categories.stream().flatMap(category -> category.train().stream()).toList();
  }

  /**
   * The test samples of all categories.
   *
   * @return category by category
   */
  public List<Sample> test() {
    return categories.stream().flatMap(category -> category.test().stream()).toList();
  }
}
