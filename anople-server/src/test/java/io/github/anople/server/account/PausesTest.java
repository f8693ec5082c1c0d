package io.github.anople.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guessing is slow. */
class PausesTest {

  private final Hand hand = new Hand();
  private final Pauses pauses = new Pauses(hand);

  /** A clock that is set by hand. */
  private static final class Hand extends Clock {

    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void afterFiveFailuresThePausesGrowToAMinute() {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      assertEquals(Optional.empty(), pauses.begin(List.of("anna")));
      Optional<Duration> pause = pauses.begin(List.of("anna", "elsewhere " + i));
      while (pause.isEmpty()) {
        pause = pauses.begin(List.of("anna"));
      }
      seconds.add(pause.get().toSeconds());
      hand.now = hand.now.plus(pause.get());
    }
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L), seconds.subList(0, 7));
    assertEquals(60L, seconds.get(12));
  }

  @Test
  void aPauseIsOfTheAccountFromWhereverAndOfTheAddressForWhomever() {
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), pauses.begin(List.of("anna", "here")));
    }
    assertTrue(pauses.begin(List.of("anna", "there")).isPresent());
    assertTrue(pauses.begin(List.of("bert", "here")).isPresent());
    assertEquals(Optional.empty(), pauses.begin(List.of("bert", "there")));
  }

  @Test
  void signingInForgetsTheAccountsFailuresAndOneOfTheAddress() {
    for (int i = 0; i < 4; i++) {
      pauses.begin(List.of("anna", "here"));
    }
    pauses.begin(List.of("bert", "here"));
    pauses.succeeded("bert", "here");
    assertEquals(Optional.empty(), pauses.begin(List.of("bert", "here")));
    assertTrue(pauses.begin(List.of("bert", "here")).isPresent());
  }

  @Test
  void afterAWhileAllIsForgotten() {
    for (int i = 0; i < 5; i++) {
      pauses.begin(List.of("anna"));
    }
    hand.now = hand.now.plus(Duration.ofMinutes(16));
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), pauses.begin(List.of("anna")));
    }
  }

  @Test
  void noMoreThanSoManyAreRemembered() {
    for (int i = 0; i < 20_000; i++) {
      pauses.begin(List.of("name " + i));
    }
    assertEquals(10_000, pauses.size());
  }
}
