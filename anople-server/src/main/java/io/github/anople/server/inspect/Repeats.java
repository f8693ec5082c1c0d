package io.github.anople.server.inspect;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Staging;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Requests that a sender repeats: the verdict of one part is never given for another. */
@Component
final class Repeats {

  private static final String WHERE = "Idempotency-Key";
  private static final int LONGEST = 200;

  private final InspectionStore store;
  private final ContentFiles files;

  Repeats(InspectionStore store, ContentFiles files) {
    this.store = store;
    this.files = files;
  }

  /** Refuses what can be no name of one request alone. */
  static void requireKey(String key) {
    if (key.isBlank() || key.length() > LONGEST) {
      throw new InputException(
          WHERE,
          "has " + key.strip().length() + " characters",
          "send 1 to " + LONGEST + ", others for each picture, or no such header");
    }
  }

  /** The inspection of the first request; empty if this is it. */
  Optional<InspectionRow> of(Product product, Inspections.Request request) {
    return request.idempotencyKey().flatMap(key -> store.repeated(product.id(), key));
  }

  /** The same inspection, if the same picture is sent again. */
  InspectionRow same(InspectionRow first, InputStream again) {
    try (Staging staging = files.staging()) {
      long most = new ImageReader().options().maxFileBytes();
      return same(first, staging.add(again, most).sha256());
    }
  }

  static InspectionRow same(InspectionRow first, String sha256) {
    if (!first.sha256().equals(sha256)) {
      throw new InputException(
          WHERE,
          "came with another picture before, which is inspection " + first.id(),
          "send another key for each picture");
    }
    return first;
  }
}
