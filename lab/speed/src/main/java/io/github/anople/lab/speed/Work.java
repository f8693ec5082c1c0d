package io.github.anople.lab.speed;

/**
 * What a task has to do at least, counted from the shapes.
 *
 * @param amount operations (a multiplication and an addition are two), or bytes
 * @param limit what bounds it; null where nothing that is measured does
 */
record Work(double amount, Limit limit) {

  /** A task that no limit is measured for. */
  static final Work UNCOUNTED = new Work(0, null);

  /** The same for several. */
  Work times(double count) {
    return new Work(count * amount, limit);
  }
}
