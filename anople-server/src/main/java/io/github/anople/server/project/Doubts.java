package io.github.anople.server.project;

import io.github.anople.core.InputException;
import io.github.anople.core.image.RgbImage;
import io.github.anople.server.store.DerivedFiles;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Picture;
import io.github.anople.torch.train.ShotChecks;
import io.github.anople.torch.train.ShotSight;
import io.github.anople.torch.train.TrainingRemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Good pictures that may not be as good as they seem, by the checks that training makes. */
@Service
public class Doubts {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ENDING = "sight.json";

  private final Pictures pictures;
  private final DerivedFiles files;

  Doubts(Pictures pictures, DerivedFiles files) {
    this.pictures = pictures;
    this.files = files;
  }

  /**
   * What is doubtful.
   *
   * @param words a sentence each, with what to do
   * @param kinds of doubts by the pictures' contents, a few words each
   */
  public record Found(List<String> words, Map<String, List<String>> kinds) {

    /** Copies the words. */
    public Found {
      words = List.copyOf(words);
    }
  }

  /** Keeps what there is to say of a picture that was just read. */
  void keep(Picture picture, RgbImage pixels) {
    files.get(picture.sha256(), ENDING, () -> JSON.writeValueAsBytes(ShotSight.of(pixels)));
  }

  /**
   * Looks at a product's good pictures, but for those that are used for nothing.
   *
   * @param good in the order in which they came
   * @return what is doubtful about them
   */
  public Found of(List<GoodPicture> good) {
    List<Seen> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (GoodPicture picture : good) {
      if (picture.purpose() != Purpose.UNUSED) {
        try {
          all.add(new Seen(picture, all.size(), sight(picture.sha256())));
        } catch (InputException e) {
          words.add(e.getMessage());
          kinds.put(picture.sha256(), List.of("cannot be read"));
        }
      }
    }
    for (TrainingRemark remark : remarks(all)) {
      words.add(remark.words());
      if (remark.kind() != TrainingRemark.Kind.SIZES) {
        all.stream()
            .filter(seen -> remark.about().contains(seen.name()))
            .forEach(seen -> seen.tell(kinds, remark.kind()));
      }
    }
    // Of sizes the two extremes are in words; each picture is held against the first.
    all.stream()
        .filter(seen -> seen.number() > 0 && isOtherSize(all.get(0), seen))
        .forEach(seen -> seen.tell(kinds, TrainingRemark.Kind.SIZES));
    return new Found(words, kinds);
  }

  private static boolean isOtherSize(Seen first, Seen other) {
    return remarks(List.of(first, other)).stream()
        .anyMatch(remark -> remark.kind() == TrainingRemark.Kind.SIZES);
  }

  private static List<TrainingRemark> remarks(List<Seen> all) {
    ShotChecks checks = new ShotChecks();
    all.forEach(seen -> checks.add("", seen.name(), seen.picture().sha256(), seen.sight()));
    return checks.remarks();
  }

  private ShotSight sight(String sha256) {
    try {
      return JSON.readValue(
          Files.readAllBytes(
              files.get(
                  sha256,
                  ENDING,
                  () ->
                      JSON.writeValueAsBytes(ShotSight.of(pictures.pixels(pictures.get(sha256)))))),
          ShotSight.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A picture, and what its pixels tell.
   *
   * @param picture the picture
   * @param number among those that are looked at, from 0
   * @param sight of its pixels
   */
  private record Seen(GoodPicture picture, int number, ShotSight sight) {

    /** Names may repeat themselves; numbers do not. */
    String name() {
      return "no. %d (%s)".formatted(number + 1, picture.name());
    }

    void tell(Map<String, List<String>> kinds, TrainingRemark.Kind kind) {
      kinds.computeIfAbsent(picture.sha256(), of -> new ArrayList<>()).add(words(kind));
    }

    private static String words(TrainingRemark.Kind kind) {
      return switch (kind) {
        case SAME_PICTURE -> "there twice";
        case DARK -> "nearly black";
        case EMPTY -> "of one grey";
        case BLURRED -> "blurred";
        case SIZES -> "other size or shape";
        case SMALL_DEFECTS, NAME_CUT -> throw new IllegalArgumentException(kind.id());
      };
    }
  }
}
