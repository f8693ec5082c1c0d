package io.github.anople.server.inspect;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.report.MapImage;
import io.github.anople.server.ServerSettings;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Inspects pictures, and keeps what came of it before anybody is told. */
@Service
public class Inspections {

  /** A verdict where nobody has decided on a threshold. */
  public static final String UNDECIDED = "UNDECIDED";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 100;

  /** As many as a person looks at; the map has them all. */
  private static final int MOST_PLACES = 20;

  private static final float USUAL_HIGH = 0.25f;

  private final Pictures pictures;
  private final ActiveDetectors detectors;
  private final ContentFiles files;
  private final InspectionStore store;
  private final Repeats repeats;
  private final DriftWatch drift;
  private final Meters meters;
  private final Keeping keeping;
  private final Semaphore places;

  Inspections(
      Pictures pictures,
      ActiveDetectors detectors,
      ContentFiles files,
      InspectionStore store,
      Repeats repeats,
      DriftWatch drift,
      ServerSettings settings,
      Meters meters,
      Keeping keeping) {
    this.pictures = pictures;
    this.detectors = detectors;
    this.files = files;
    this.store = store;
    this.repeats = repeats;
    this.drift = drift;
    this.meters = meters;
    this.keeping = keeping;
    this.places = new Semaphore(settings.waiting());
    meters.waiting(() -> settings.waiting() - places.availablePermits());
  }

  /**
   * What a sender tells beside the picture.
   *
   * @param source where the picture comes from
   * @param name what it is called
   * @param serialNumber of the part
   * @param idempotencyKey the sender's own name for the request
   */
  public record Request(
      String source, String name, Optional<String> serialNumber, Optional<String> idempotencyKey) {

    /** Nothing longer than a table takes. */
    public Request {
      source = cut(source);
      serialNumber = serialNumber.map(String::strip).filter(text -> !text.isEmpty());
      serialNumber = serialNumber.map(Request::cut);
      idempotencyKey.ifPresent(Repeats::requireKey);
    }

    /** Half of a character is none. */
    private static String cut(String text) {
      String plain = text.replaceAll("\\p{Cntrl}", " ");
      if (plain.length() <= LONGEST) {
        return plain;
      }
      int end = Character.isHighSurrogate(plain.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      return plain.substring(0, end);
    }
  }

  /**
   * What is known of an inspection besides its row.
   *
   * @param margin by what part of the threshold the score is above it; empty without a threshold
   * @param clear whether another estimate of the threshold would not have decided otherwise
   * @param uncertainThreshold the lower of two thresholds; empty where there is one, or none
   * @param faults what of the whole picture is unlike the product
   * @param notes what was repaired, left out or looks odd about the file
   * @param defects where the map is above the threshold of pixels, the worst first
   */
  public record Details(
      Optional<Double> margin,
      boolean clear,
      Optional<Float> uncertainThreshold,
      List<String> faults,
      List<String> notes,
      List<Place> defects) {}

  /**
   * A defect's box in pixels of the picture, from the upper left corner.
   *
   * @param x its first column
   * @param y its first row
   * @param width columns
   * @param height rows
   * @param percent the defect's area in percent of the picture, or of what counts of it
   * @param peak the highest value of the map in it
   */
  public record Place(int x, int y, int width, int height, double percent, float peak) {

    private static Place of(Defect defect) {
      Defect.Box box = defect.box();
      return new Place(
          box.x(), box.y(), box.width(), box.height(), defect.percent(), defect.peak());
    }
  }

  /**
   * Inspects a picture. The answer is in the history, with its picture and map, when this returns.
   *
   * @param product the product
   * @param in the file as it was sent
   * @param request what was told beside it
   * @return the inspection; that of the first request where the sender repeats itself
   * @throws io.github.anople.core.InputException if the picture cannot be read, the product has no
   *     detector, or the sender had the same name for a request with another picture
   * @throws BusyException if too many wait
   */
  public InspectionRow inspect(Product product, InputStream in, Request request) {
    Optional<InspectionRow> repeated = repeats.of(product, request);
    if (repeated.isPresent()) {
      return repeats.same(repeated.get(), in);
    }
    if (!places.tryAcquire()) {
      throw new BusyException();
    }
    long begun = System.nanoTime();
    try {
      return detectors.with(product, active -> inspect(product, active, in, request, begun));
    } finally {
      places.release();
    }
  }

  private InspectionRow inspect(
      Product product, ActiveDetectors.Active active, InputStream in, Request request, long begun) {
    Pictures.Received received =
        pictures.receive(in, request.name(), new ImageReader(active.file().provenance().reading()));
    Detection detection = detectors.detect(active, received.read().image());
    Optional<Threshold> threshold = active.file().threshold();
    Optional<Verdict> verdict = threshold.map(least -> least.judge(detection));
    String map = keepMap(detection);
    Details details =
        new Details(
            verdict.flatMap(Inspections::margin),
            verdict.filter(Verdict::isWithinEstimate).isEmpty(),
            threshold.flatMap(Threshold::uncertain),
            verdict.map(Verdict::faults).orElse(List.of()).stream()
                .map(fault -> SceneFault.words(List.of(fault)))
                .toList(),
            received.read().notes().stream().map(PictureNote::words).toList(),
            places(active, detection, received.read().image()));
    try {
      InspectionRow row =
          keeping.keep(
              new InspectionStore.New(
                  product.id(),
                  active.version().id(),
                  received.row().id(),
                  map,
                  request.source(),
                  request.serialNumber(),
                  request.idempotencyKey(),
                  verdict.map(Verdict::kind).orElse(UNDECIDED),
                  detection.score(),
                  threshold.map(Threshold::value),
                  threshold.map(least -> least.origin().id()),
                  JSON.writeValueAsString(details),
                  (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                  verdict.filter(Inspections::isDoubtful).isPresent()));
      active
          .file()
          .drift()
          .ifPresent(
              reference ->
                  drift.inspected(
                      new DriftWatch.Inspected(
                          active.version().id(),
                          row.id(),
                          reference,
                          detection.score(),
                          Look.of(received.read().image(), active.file().region()))));
      meters.inspected(product.name(), row.verdict(), row.millis());
      return row;
    } catch (DuplicateKeyException e) {
      // The same request came twice at a time.
      InspectionRow first = repeats.of(product, request).orElseThrow(() -> e);
      return Repeats.same(first, received.row().sha256());
    }
  }

  private static List<Place> places(
      ActiveDetectors.Active active, Detection detection, RgbImage image) {
    return active.file().defects().stream()
        .flatMap(
            rule ->
                rule.find(detection.map(), image.width(), image.height()).worst().stream()
                    .limit(MOST_PLACES))
        .map(Place::of)
        .toList();
  }

  /** Whether a person is to look. */
  private static boolean isDoubtful(Verdict verdict) {
    return !verdict.ok() || verdict.isWithinEstimate();
  }

  private static Optional<Double> margin(Verdict verdict) {
    return verdict.margin().isPresent()
        ? Optional.of(verdict.margin().getAsDouble())
        : Optional.empty();
  }

  private String keepMap(Detection detection) {
    Path file = files.temporary();
    MapImage.write(file, detection.map());
    return files.keepNew(file).sha256();
  }

  /**
   * An inspection.
   *
   * @param product the product
   * @param id its number
   * @return the inspection
   * @throws MissingException if the product has none of that number
   */
  public InspectionRow get(Product product, long id) {
    return store
        .find(product.id(), id)
        .orElseThrow(
            () ->
                new MissingException(
                    "inspection " + id,
                    "is none of " + product.name() + "'s",
                    "see /api/v1/products/" + product.name() + "/inspections"));
  }

  /**
   * What is known of an inspection besides its row.
   *
   * @param row the row
   * @return its details
   */
  public Details details(InspectionRow row) {
    return JSON.readValue(row.details(), Details.class);
  }

  /**
   * A map as a picture to lay over the inspected one: red where it looks unusual, clear where not.
   *
   * @param product the product
   * @param row the inspection
   * @return a PNG with an alpha channel, of the map's size
   */
  public byte[] heat(Product product, InspectionRow row) {
    float high = row.threshold().orElse(USUAL_HIGH);
    return HeatLayer.png(map(row), high);
  }

  /**
   * The file of a map.
   *
   * @param row the inspection
   * @return a PNG of 16 bits
   */
  public Path map(InspectionRow row) {
    return files.path(row.mapSha256());
  }
}
