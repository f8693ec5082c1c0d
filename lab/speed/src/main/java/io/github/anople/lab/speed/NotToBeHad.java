package io.github.anople.lab.speed;

/** A rival that cannot be measured here, and why. */
final class NotToBeHad extends Exception {

  NotToBeHad(String reason) {
    super(reason);
  }
}
