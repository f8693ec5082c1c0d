package io.github.anople.server.project;

import io.github.anople.core.InputException;
import io.github.anople.core.region.Region;
import io.github.anople.server.Audit;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ProductStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The products. */
@Service
public class Projects {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";
  private static final String REGION = "the region";
  private static final int LONGEST = 200;

  /** As the table has it. */
  private static final int LONGEST_REGION = 20_000;

  /** As for the files of regions. */
  private static final int GRID = 1024;

  private final ProductStore products;
  private final Audit audit;
  private final Clock clock;

  Projects(ProductStore products, Audit audit, Clock clock) {
    this.products = products;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Adds a product.
   *
   * @param name its name in addresses
   * @param shows what its pictures show; blank for the name
   * @return the product
   * @throws InputException if the name cannot be used, or is taken
   */
  public Product add(String name, String shows) {
    requireUsable(name);
    String words = shows.isBlank() ? name.replaceAll("[_-]+", " ").strip() : shows.strip();
    if (words.length() > LONGEST || words.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          "product",
          "what it shows is longer than " + LONGEST + " characters or not in one line",
          "say it in a few words, such as: a metal bracket");
    }
    Product added;
    try {
      added = products.add(name, words, clock.instant());
    } catch (DuplicateKeyException e) {
      throw taken(name, e);
    }
    audit.note("product added", "product " + name, words);
    return added;
  }

  private static void requireUsable(String name) {
    if (!name.matches(NAME)) {
      throw new InputException(
          "product",
          "its name is not of letters, digits, dashes and underscores, or is longer than 100",
          "choose a name such as bracket-left");
    }
  }

  private static TakenException taken(String name, DuplicateKeyException cause) {
    return new TakenException("product " + name, "is there already", "choose another name", cause);
  }

  /**
   * Refuses a name before anything is done for a product that could not have it.
   *
   * @param name a name for a new product
   * @throws InputException if it cannot be used
   * @throws TakenException if another product has it
   */
  public void requireFree(String name) {
    requireUsable(name);
    if (products.named(name).isPresent()) {
      throw taken(name, null);
    }
  }

  /**
   * Says which part of a product's pictures counts; detectors that are made from now on know it.
   *
   * @param product the product
   * @param region which part; empty for the whole picture
   * @return the product as it is then
   * @throws InputException if nothing counts then, or everything, or it has too many corners
   */
  public Product look(Product product, Optional<Region> region) {
    region.ifPresent(part -> part.requireUseful(REGION, GRID, GRID));
    Optional<String> json = region.map(Region::toJson);
    if (json.filter(text -> text.length() > LONGEST_REGION).isPresent()) {
      throw new InputException(
          REGION,
          "is longer than " + LONGEST_REGION + " characters",
          "draw it with fewer corners, or round their numbers");
    }
    products.region(product.id(), json);
    audit.note("region changed", "product " + product.name(), json.orElse("the whole picture"));
    return get(product.id());
  }

  /**
   * Reads a region.
   *
   * @param json as {@link Region#fromJson} takes it
   * @return the region
   * @throws InputException if it is none
   */
  public static Region region(String json) {
    return Region.fromJson(json, REGION);
  }

  /**
   * All products.
   *
   * @return by name
   */
  public List<Product> all() {
    return products.all();
  }

  /**
   * The product of a row that names it.
   *
   * @param id its number
   * @return the product
   */
  public Product get(long id) {
    return products.find(id).orElseThrow();
  }

  /**
   * The product of a name.
   *
   * @param name its name
   * @return the product
   * @throws MissingException if there is none
   */
  public Product get(String name) {
    return products
        .named(name)
        .orElseThrow(
            () -> new MissingException("product " + name, "is not there", "see /api/v1/products"));
  }
}
