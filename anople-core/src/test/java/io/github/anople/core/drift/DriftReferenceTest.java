package io.github.anople.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftReferenceTest {

  private static final DriftReference REFERENCE =
      DriftReference.of(Looks.draw(new Random(6), 3, Looks.USUAL));

  @Test
  void whatIsWrittenIsRead() {
    assertEquals(REFERENCE, DriftReference.fromJson(REFERENCE.toJson(), "x.anople"));
    assertFalse(REFERENCE.toJson().contains("\n"));
  }

  @Test
  void ofManyPicturesSomeAreKeptEvenly() {
    List<Seen> pictures = new ArrayList<>();
    Look look = REFERENCE.pictures().get(0).look();
    for (int i = 0; i < 2 * DriftReference.MOST; i++) {
      pictures.add(new Seen(i / 1000f, look));
    }
    List<Seen> kept = DriftReference.of(pictures).pictures();
    assertEquals(DriftReference.MOST, kept.size());
    assertEquals(0.002f, kept.get(1).score());
    assertEquals(0.254f, kept.get(kept.size() - 1).score());
    assertThrows(IllegalArgumentException.class, () -> new DriftReference(pictures));
    assertThrows(IllegalArgumentException.class, () -> DriftReference.of(List.of()));
  }

  @Test
  void aDamagedReferenceIsReadOrRefusedInOneLine() {
    String json = REFERENCE.toJson();
    for (String wrong :
        List.of(
            "",
            "{}",
            "[]",
            json.replaceFirst("\"scores\":\\[[^,]*,", "\"scores\":["),
            json.replaceFirst("\"scores\":\\[[^,]*,", "\"scores\":[7,"),
            json.replaceFirst("\"places\":\\[\"", "\"places\":[\"!"),
            json.replaceFirst("\"red\"", "\"rad\""),
            json.replaceFirst("\\}$", ",\"more\":1}"))) {
      InputException fault =
          assertThrows(InputException.class, () -> DriftReference.fromJson(wrong, "x.anople"));
      assertTrue(fault.getMessage().startsWith("x.anople, drift"), fault.getMessage());
      assertEquals(1, fault.getMessage().lines().count());
    }
    Random random = new Random(7);
    for (int i = Fuzz.times("drift reference", 300); i > 0; i--) {
      StringBuilder damaged = new StringBuilder(json);
      for (int change = random.nextInt(4); change >= 0; change--) {
        damaged.setCharAt(random.nextInt(damaged.length()), (char) (32 + random.nextInt(95)));
      }
      try {
        DriftReference.fromJson(damaged.toString(), "x");
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }
}
