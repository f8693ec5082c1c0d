package io.github.anople.inspect.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {

  private static final Defects DEFECTS =
      new Defects(
          640,
          480,
          List.of(
              new Defect(
                  new Defect.Box(0, 470, 640, 10),
                  1234.5,
                  1 / 3.0,
                  0.1f,
                  new Defect.Point(320.25, 479.875),
                  new Defect.Point(100 / 3.0, 475))),
          1,
          7,
          1 / 3.0);
  private static final Journal.Entry SCORED =
      new Journal.Entry(
          "a\n\"é\".png",
          new Version(new Stamp(12, 34, 56, 78), "0a".repeat(32)),
          0.1f,
          "images/a.png",
          "maps/a.png",
          "",
          Optional.of(new Scene(Collections.nCopies(Scene.SIZE, 0.3f))),
          List.of(new PictureNote(PictureNote.Kind.REPAIRED, "has no end")),
          0,
          Optional.of(DEFECTS),
          Optional.of(Look.of(RgbImage.of(1, 1, new byte[] {1, 2, 3}))));
  private static final Journal.Entry FAILED =
      Journal.Entry.failed(
          "b.png", new Version(new Stamp(1, -2, 0, 0), ""), "b.png: is empty; copy it");
  private static final Journal.Entry LOST =
      Journal.Entry.lost("c.png", 3, "c.png: 3 versions were overwritten; wait");

  @TempDir Path root;

  @Test
  void whatIsAppendedIsReadAgain() {
    write(SCORED, FAILED);
    assertEquals(List.of(SCORED, FAILED), read());
    write(SCORED, LOST);
    assertEquals(List.of(SCORED, FAILED, SCORED, LOST), read());
  }

  @Test
  void whatWasToldOfDriftIsReadAgainAndPlacesOfTheLastPicturesAlone() {
    Change.Place place = new Change.Place(0.25, 0.5, 0.125, 0.125);
    Drift drift =
        new Drift(
            new Change(Change.Kind.DIRT, 0.01, "a speck", Optional.of(place)),
            "a.png",
            Optional.of("b.png"));
    Drift lasting =
        new Drift(new Change(Change.Kind.LIGHT, -0.2, "darker", Optional.empty()), "a.png");
    try (Journal journal = Journal.open(file(), "detector", "watched")) {
      for (int i = 0; i <= DriftTest.WINDOW; i++) {
        journal.append(SCORED);
      }
      journal.append(lasting);
      journal.append(drift);
    }
    try (Journal journal = Journal.open(file(), "detector", "watched")) {
      assertEquals(List.of(lasting, drift), journal.drifts());
      List<Journal.Entry> entries = journal.entries();
      assertEquals(SCORED.withLook(SCORED.look().map(Look::whole)), entries.get(0));
      assertEquals(Collections.nCopies(20, SCORED), entries.subList(1, entries.size()));
    }
  }

  @Test
  void whatAnEarlierProgramWroteIsReadToo() throws IOException {
    write(SCORED);
    String line = Files.readString(file());
    Files.writeString(
        file(),
        line.replaceAll("\"changed\":56,\"inode\":78,\"sha256\":\"[0-9a-f]*\",", "")
            .replaceFirst(",\"defects\":\\{.*]}]}", ""));
    assertEquals(new Version(new Stamp(12, 34, 0, 0), ""), read().get(0).version());
    assertEquals(Optional.empty(), read().get(0).defects());
  }

  @Test
  void aJournalCutAnywhereLosesAtMostTheLastEntries() throws IOException {
    write(SCORED, FAILED);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      List<Journal.Entry> left = read();
      assertEquals(List.of(SCORED, FAILED).subList(0, left.size()), left);
      write(FAILED);
      assertEquals(left.size() + 1, read().size(), "cut to " + length + " bytes");
    }
  }

  @Test
  void aTornLastLineIsForgivenAndOneBeforeIsNot() throws IOException {
    write(SCORED);
    String whole = Files.readString(file());
    Files.writeString(file(), whole + "{\"path\":\u0000\u0000\n");
    assertEquals(List.of(SCORED), read());
    assertEquals(whole, Files.readString(file()));
    Files.writeString(file(), whole + "{\"path\":\n" + whole.lines().toList().get(1) + "\n");
    InputException fault = assertThrows(InputException.class, this::read);
    assertTrue(fault.getMessage().contains("line 3"), fault.getMessage());
  }

  @Test
  void anotherDetectorOrFolderOrFileIsRefused() throws IOException {
    write(SCORED);
    assertThrows(InputException.class, () -> Journal.open(file(), "other", "watched"));
    assertThrows(InputException.class, () -> Journal.open(file(), "detector", "other"));
    Files.writeString(file(), "path,score\na.png,0.5\n");
    assertThrows(InputException.class, this::read);
    Files.write(file(), new byte[1 << 20]);
    assertThrows(InputException.class, this::read);
    assertEquals(1 << 20, Files.size(file()), "what is not a journal is left as it is");
  }

  @Test
  void aDamagedJournalIsReadOrRefusedAndNothingElse() throws IOException {
    write(SCORED, FAILED, SCORED);
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(11);
    int refused = 0;
    int all = Fuzz.times("journal", 1000);
    for (int i = 0; i < all; i++) {
      byte[] bytes = whole.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file(), bytes);
      try {
        read();
      } catch (InputException e) {
        refused++;
      }
    }
    assertTrue(refused > all / 10, refused + " of " + all + " refused with seed 11");
  }

  @Test
  void bytesThatAreNoUtf8DoNotMisplaceTheEnd() throws IOException {
    write(SCORED);
    byte[] whole = Files.readAllBytes(file());
    byte[] bad = new String(whole, UTF_8).replace("a\\n", "Q\\n").getBytes(UTF_8);
    for (int i = 0; i < bad.length; i++) {
      bad[i] = bad[i] == 'Q' ? (byte) 0xFF : bad[i];
    }
    Files.write(file(), bad);
    assertEquals(1, read().size());
    assertEquals(bad.length, Files.size(file()));
  }

  private void write(Journal.Entry... entries) {
    try (Journal journal = Journal.open(file(), "detector", "watched")) {
      for (Journal.Entry entry : entries) {
        journal.append(entry);
      }
    }
  }

  private List<Journal.Entry> read() {
    try (Journal journal = Journal.open(file(), "detector", "watched")) {
      return journal.entries();
    }
  }

  private Path file() {
    return root.resolve(Journal.NAME);
  }
}
