package io.github.anople.server.inspect;

import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.onnx.OnnxDetectorOpener;
import io.github.anople.server.enrol.DetectorActivated;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.Product;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The detectors that inspect: one a product, loaded at its first picture, replaced when another
 * version is activated, and closed when the last picture is through.
 */
@Service
public class ActiveDetectors {

  private final DetectorStore detectors;
  private final ContentFiles files;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Loaded> loaded = new HashMap<>();
  private final Semaphore computing = new Semaphore(1, true);

  ActiveDetectors(DetectorStore detectors, ContentFiles files) {
    this.detectors = detectors;
    this.files = files;
  }

  /**
   * A detector that is loaded.
   *
   * @param version which one
   * @param file the detector, and what it says of itself
   */
  public record Active(DetectorVersion version, DetectorFile file) {}

  /** One that is loaded, how many use it, and whether it is to go with the last of them. */
  private static final class Loaded {

    private final Active active;
    private int users;
    private boolean replaced;

    Loaded(Active active) {
      this.active = active;
    }
  }

  /**
   * Works with a product's detector, which stays open that long.
   *
   * @param <T> what comes of it
   * @param product the product
   * @param work what is done with it
   * @return what comes of it
   * @throws MissingException if the product has no detector yet
   */
  public <T> T with(Product product, Function<Active, T> work) {
    Loaded used = enter(product);
    try {
      return work.apply(used.active);
    } finally {
      leave(used);
    }
  }

  /**
   * What a detector says of a picture: one at a time, since each takes all cores.
   *
   * @param active the detector, in use by {@link #with}
   * @param image the picture
   * @return its answer
   */
  public Detection detect(Active active, RgbImage image) {
    computing.acquireUninterruptibly();
    try {
      return active.file().detector().detect(image);
    } finally {
      computing.release();
    }
  }

  private Loaded enter(Product product) {
    long wanted =
        product
            .activeDetector()
            .orElseThrow(
                () ->
                    new MissingException(
                        "product " + product.name(),
                        "has no detector yet",
                        "add a good picture and train one"));
    lock.lock();
    try {
      Loaded known = loaded.get(product.id());
      if (known == null || known.active.version().id() != wanted) {
        Loaded next = new Loaded(open(wanted));
        drop(loaded.put(product.id(), next));
        known = next;
      }
      known.users++;
      return known;
    } finally {
      lock.unlock();
    }
  }

  private Active open(long id) {
    DetectorVersion version = detectors.find(id).orElseThrow();
    return new Active(
        version,
        new OnnxDetectorOpener().open(files.path(version.graphSha256()), OpenSettings.AUTO));
  }

  private void leave(Loaded used) {
    lock.lock();
    try {
      used.users--;
      closeIfUnused(used);
    } finally {
      lock.unlock();
    }
  }

  private static void drop(Loaded old) {
    if (old != null) {
      old.replaced = true;
      closeIfUnused(old);
    }
  }

  private static void closeIfUnused(Loaded one) {
    if (one.replaced && one.users == 0) {
      one.active.file().close();
    }
  }

  /** Another version: the old one goes as soon as nobody works with it. */
  @EventListener
  void activated(DetectorActivated event) {
    lock.lock();
    try {
      drop(loaded.remove(event.product()));
    } finally {
      lock.unlock();
    }
  }

  @PreDestroy
  void close() {
    lock.lock();
    try {
      loaded.values().forEach(ActiveDetectors::drop);
      loaded.clear();
    } finally {
      lock.unlock();
    }
  }
}
