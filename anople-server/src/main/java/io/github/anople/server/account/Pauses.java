package io.github.anople.server.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: after some failures there is a pause before the next try, which grows. A try
 * counts as a failure from its beginning, so that many at the same time get no further than one
 * after the other.
 */
@Component
final class Pauses {

  private static final int FREE = 5;
  private static final int LONGEST_SECONDS = 60;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration MEMORY = Duration.ofMinutes(15);

  /** More than can be in a pause honestly; the one that was tried longest ago is forgotten. */
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  Pauses(Clock clock) {
    this.clock = clock;
  }

  private record Failures(int count, Instant last, Instant until) {}

  /**
   * Begins a try.
   *
   * @param keys who tries, and what
   * @return how long there is to wait, where the try may not be made; else it counts as a failure
   *     until {@link #succeeded} says otherwise
   */
  synchronized Optional<Duration> begin(List<String> keys) {
    Instant now = clock.instant();
    Optional<Duration> pause =
        keys.stream()
            .map(key -> left(key, now))
            .filter(left -> !left.isZero())
            .max(Duration::compareTo);
    if (pause.isEmpty()) {
      keys.forEach(key -> count(key, now));
    }
    return pause;
  }

  private Duration left(String key, Instant now) {
    Instant until = known(key, now).until();
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  private Failures known(String key, Instant now) {
    Failures known = failures.get(key);
    return known == null || known.last().plus(MEMORY).isBefore(now)
        ? new Failures(0, now, Instant.MIN)
        : known;
  }

  private void count(String key, Instant now) {
    int count = known(key, now).count() + 1;
    Instant until = count < FREE ? Instant.MIN : now.plusSeconds(seconds(count - FREE));
    failures.put(key, new Failures(count, now, until));
    if (failures.size() > MOST) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  private static long seconds(int doublings) {
    return Math.min(LONGEST_SECONDS, 1L << Math.min(doublings, MOST_DOUBLINGS));
  }

  /** A try was none of guessing: one that is known is forgotten, of another this try alone. */
  synchronized void succeeded(String known, String other) {
    failures.remove(known);
    failures.computeIfPresent(
        other,
        (key, was) ->
            was.count() == 1 ? null : new Failures(was.count() - 1, was.last(), Instant.MIN));
  }

  /** How many are remembered. */
  synchronized int size() {
    return failures.size();
  }
}
