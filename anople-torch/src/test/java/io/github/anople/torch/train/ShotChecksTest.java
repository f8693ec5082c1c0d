package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.TrainingRemark.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of shots before a training begins. */
class ShotChecksTest {

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  private final List<Path> shots = new ArrayList<>();
  private final List<TrainingRemark> told = new ArrayList<>();

  @BeforeAll
  static void load() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @Test
  void ofGoodShotsNothingIsSaid() throws IOException {
    for (int number = 0; number < 6; number++) {
      shot("part_" + number + ".png", SyntheticParts.good(number));
    }

    assertEquals(List.of(), remarks());
  }

  @Test
  void theSameFileTwiceIsOnePicture() throws IOException {
    shot("1.png", SyntheticParts.good(1));
    shot("2.png", SyntheticParts.good(2));
    shots.add(Files.copy(shots.get(0), folder.resolve("copy.png")));

    TrainingRemark remark = only(Kind.SAME_PICTURE);

    assertEquals(List.of("washer/1.png", "washer/copy.png"), remark.about());
    requireWords(remark, "are the same picture:", "stands on nothing", "give another picture");
  }

  @Test
  void soAreFilesWhosePixelsAreTheSame() throws IOException {
    for (String name : List.of("1.png", "1.bmp", "2.bmp")) {
      shot(name, SyntheticParts.good(1));
    }

    TrainingRemark remark = only(Kind.SAME_PICTURE);

    requireWords(remark, "washer/1.png, washer/1.bmp and washer/2.bmp", "in different files");
  }

  /** Twins are told of once, however many there are. */
  @Test
  void ofManyTwinsSomeAreNamed() throws IOException {
    for (int number = 0; number < 8; number++) {
      shot(number + ".png", SyntheticParts.good(1));
    }

    requireWords(only(Kind.SAME_PICTURE), "washer/3.png and 4 others are");
  }

  @Test
  void aPictureThatIsNearlyBlackIsNamed() throws IOException {
    shot("1.png", SyntheticParts.good(1));
    shot("dark.png", new RescaleOp(0.05f, 0, null).filter(SyntheticParts.good(2), null));

    TrainingRemark remark = only(Kind.DARK);

    assertEquals(List.of("washer/dark.png"), remark.about());
    requireWords(remark, "washer/dark.png is nearly black", "bit depth");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 128, 254})
  void aPictureOfOneGreyIsNamed(int level) throws IOException {
    shot("1.png", SyntheticParts.good(1));
    BufferedImage empty = new BufferedImage(160, 160, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 160 * 160; i++) {
      int grey = level + random.nextInt(2);
      empty.setRGB(i % 160, i / 160, grey << 16 | grey << 8 | grey);
    }
    shot("empty.png", empty);

    TrainingRemark remark = only(Kind.EMPTY);

    assertEquals(List.of("washer/empty.png"), remark.about());
    requireWords(remark, "is of one grey", "check that the part is in the picture");
  }

  @ParameterizedTest
  @CsvSource({"160, 12, true", "160, 24, false", "600, 30, true", "600, 30, false"})
  void aBlurredPictureIsNamed(int side, int kept, boolean alone) throws IOException {
    if (!alone) {
      shot("1.png", scaled(SyntheticParts.good(1), side));
      shot("2.png", scaled(SyntheticParts.good(2), side));
    }
    shot("soft.png", scaled(scaled(SyntheticParts.good(3), kept), side));

    TrainingRemark remark = only(Kind.BLURRED);

    assertEquals(List.of("washer/soft.png"), remark.about());
    requireWords(remark, "washer/soft.png is blurred", "in focus");
  }

  @Test
  void aLargePictureThatIsSoftInItsPixelsAloneIsNotBlurred() throws IOException {
    shot("1.png", scaled(SyntheticParts.good(1), 1200));

    assertEquals(List.of(), remarks());
  }

  @Test
  void picturesOfDifferentShapesAndSizesAreTold() throws IOException {
    BufferedImage part = SyntheticParts.good(1);
    shot("square.png", part);
    shot("wide.png", SyntheticParts.good(2).getSubimage(0, 20, 160, 120));
    TrainingRemark shapes = only(Kind.SIZES);
    requireWords(shapes, "washer/square.png (160 x 160)", "washer/wide.png (160 x 120)", "shapes");

    shots.remove(1);
    shot("large.png", scaled(SyntheticParts.good(2), 320));
    requireWords(only(Kind.SIZES), "washer/large.png (320 x 320)", "different sizes");

    shots.remove(1);
    shot("cut.png", SyntheticParts.good(2).getSubimage(0, 0, 158, 160));
    assertEquals(List.of(), remarks());
  }

  @Test
  void aNameThatDoesNotFitTheTextWindowIsTold() throws IOException {
    shot("1.png", SyntheticParts.good(1));
    String name = "the bracket ".repeat(30);

    List<TrainingRemark> remarks = remarks(name);

    assertEquals(1, remarks.size());
    assertEquals(Kind.NAME_CUT, remarks.get(0).kind());
    assertEquals(List.of(name), remarks.get(0).about());
    int rows = TinyTraining.config().promptShape(backbone.clip().config()).textRows();
    int room = backbone.clip().tokenizer().contextLength() - rows;
    requireWords(remarks.get(0), "the bracket", "has room for " + room, "its end is cut off");
  }

  private void shot(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    plain.createGraphics().drawImage(image, 0, 0, null);
    assertTrue(ImageIO.write(plain, name.substring(name.indexOf('.') + 1), file.toFile()));
    shots.add(file);
  }

  private static BufferedImage scaled(BufferedImage image, int side) {
    return Resampler.resize(RgbImage.of(image), side, side).toBufferedImage();
  }

  private TrainingRemark only(Kind kind) {
    List<TrainingRemark> remarks = remarks();
    assertEquals(List.of(kind), remarks.stream().map(TrainingRemark::kind).toList());
    return remarks.get(0);
  }

  private List<TrainingRemark> remarks() {
    return remarks("washer");
  }

  private List<TrainingRemark> remarks(String name) {
    told.clear();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void noted(TrainingRemark remark) {
            told.add(remark);
          }
        };
    Trainer trainer =
        new Trainer(TinyTraining.config(), AnomalySource.ofItself(), new ImageReader(), listener);
    Shots read = trainer.read(backbone, List.of(new TrainingClass(name, shots)));
    assertEquals(told, read.remarks());
    return told;
  }

  private static void requireWords(TrainingRemark remark, String... parts) {
    assertEquals(1, remark.words().lines().count());
    for (String part : parts) {
      assertTrue(remark.words().contains(part), remark.words());
    }
  }
}
