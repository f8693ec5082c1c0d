package io.github.anople.lab.speed;

/** A rival that cannot be measured here, and why. */
final class Unavailable extends Exception {

  Unavailable(String reason) {
    super(reason);
  }
}
