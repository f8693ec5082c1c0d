package io.github.anople.server.project;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.PictureNote;
import io.github.anople.server.Audit;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Product;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Good pictures of products, and what each is for. */
@Service
public class GoodPictures {

  private static final int LONGEST_NAME = 255;

  /** More shots than this teach little and cost much: the next good pictures calibrate. */
  private static final int SHOTS = 4;

  private final Pictures pictures;
  private final GoodPictureStore store;
  private final Previews previews;
  private final Doubts doubts;
  private final Audit audit;
  private final Clock clock;

  GoodPictures(
      Pictures pictures,
      GoodPictureStore store,
      Previews previews,
      Doubts doubts,
      Audit audit,
      Clock clock) {
    this.pictures = pictures;
    this.store = store;
    this.previews = previews;
    this.doubts = doubts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Adds a good picture: until there is a detector, one of the first four is a shot; all others
   * calibrate.
   *
   * @param product the product
   * @param in the file as it was sent
   * @param name what it is called; shown, and never used as a path
   * @return what was added
   * @throws InputException if it cannot be read
   * @throws TakenException if the product has it already
   */
  public GoodPicture add(Product product, InputStream in, String name) {
    String called = name(name);
    Pictures.Received received = pictures.receive(in, called, new ImageReader());
    previews.keep(received.row(), received.read().image());
    doubts.keep(received.row(), received.read().image());
    String remarks =
        received.read().notes().stream().map(PictureNote::words).collect(Collectors.joining("; "));
    try {
      store.add(
          product.id(), received.row(), called, nextPurpose(product), remarks, clock.instant());
    } catch (DuplicateKeyException e) {
      throw new TakenException(
          called, "is one of this product's good pictures already", "send another one", e);
    }
    GoodPicture added = get(product, received.row().sha256());
    note("good picture added", product, added);
    return added;
  }

  /** Whoever has trained and adds more wants thresholds, not another training. */
  private Purpose nextPurpose(Product product) {
    long shots = of(product).stream().filter(picture -> picture.purpose() == Purpose.SHOT).count();
    long most = product.activeDetector().isPresent() ? 1 : SHOTS;
    return shots < most ? Purpose.SHOT : Purpose.CALIBRATION;
  }

  /**
   * Learns from a picture that is kept already, because somebody found it good.
   *
   * @param product the product
   * @param sha256 the picture's content
   * @param name what it is called, unless the product has it by another name
   * @param purpose what it is for; a shot stays one
   */
  public void learn(Product product, String sha256, String name, Purpose purpose) {
    Optional<GoodPicture> known = store.find(product.id(), sha256);
    if (known.isEmpty()) {
      store.add(product.id(), pictures.get(sha256), name, purpose, "", clock.instant());
    } else if (known.get().purpose() != Purpose.SHOT) {
      store.use(known.get().id(), purpose);
    }
  }

  /**
   * Learns no longer from a picture, because it is not good after all.
   *
   * @param product the product
   * @param sha256 the picture's content
   * @throws InputException if it is a shot, without which the detector would be another one
   */
  public void forget(Product product, String sha256) {
    Optional<GoodPicture> known = store.find(product.id(), sha256);
    if (known.filter(picture -> picture.purpose() == Purpose.SHOT).isPresent()) {
      throw new InputException(
          known.get().name(),
          "is a shot, which the detector has learned from as good",
          "remove it from the good pictures first, then train again");
    }
    known.ifPresent(picture -> store.remove(picture.id()));
  }

  /**
   * The good pictures of a product.
   *
   * @param product the product
   * @return in the order in which they came
   */
  public List<GoodPicture> of(Product product) {
    return store.of(product.id());
  }

  /**
   * Whether a product has a picture.
   *
   * @param product the product
   * @param sha256 its content
   * @return whether it is one of its good pictures
   */
  public boolean has(Product product, String sha256) {
    return store.find(product.id(), sha256).isPresent();
  }

  /**
   * A good picture.
   *
   * @param product the product
   * @param sha256 its content
   * @return the picture
   * @throws MissingException if the product has none of that content
   */
  public GoodPicture get(Product product, String sha256) {
    return store
        .find(product.id(), sha256)
        .orElseThrow(
            () ->
                new MissingException(
                    "picture " + sha256,
                    "is none of " + product.name() + "'s good pictures",
                    "see /api/v1/products/" + product.name() + "/pictures"));
  }

  /**
   * Gives a good picture another purpose.
   *
   * @param product the product
   * @param sha256 its content
   * @param purpose what it is for from now on
   * @return the picture
   */
  public GoodPicture use(Product product, String sha256, Purpose purpose) {
    store.use(get(product, sha256).id(), purpose);
    GoodPicture changed = get(product, sha256);
    note("good picture's purpose changed", product, changed);
    return changed;
  }

  /**
   * Takes a good picture away; detectors that learned from it stay as they are.
   *
   * @param product the product
   * @param sha256 its content
   */
  public void remove(Product product, String sha256) {
    GoodPicture picture = get(product, sha256);
    store.remove(picture.id());
    note("good picture removed", product, picture);
  }

  private void note(String action, Product product, GoodPicture picture) {
    audit.note(
        action,
        "product " + product.name(),
        picture.name() + " (" + picture.sha256() + "): " + picture.purpose().id());
  }

  /** The last part of whatever a browser calls a file, without control characters. */
  private static String name(String sent) {
    String last = sent.replaceFirst("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "").strip();
    String whole = last.isEmpty() ? "picture" : last;
    return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME);
  }
}
