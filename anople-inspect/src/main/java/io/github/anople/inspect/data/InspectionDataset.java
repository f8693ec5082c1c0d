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
   */
  public record Category(String name, List<Sample> train, List<Sample> test) {

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
