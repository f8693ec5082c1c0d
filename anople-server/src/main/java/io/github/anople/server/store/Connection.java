package io.github.anople.server.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is connected with a product.
 *
 * @param id its number
 * @param product the product's number
 * @param kind what it is
 * @param settings where it leads, and how
 * @param paused whether it rests until somebody lets it go on
 * @param createdAt when it was made
 * @param progress how it goes
 */
public record Connection(
    long id,
    long product,
    Kind kind,
    Settings settings,
    boolean paused,
    Instant createdAt,
    Progress progress) {

  /** What a connection is. */
  public enum Kind {
    /** Verdicts are posted to an address. */
    WEBHOOK,
    /** Verdicts are published at a broker. */
    MQTT,
    /** Pictures come from a folder. */
    FOLDER;

    /**
     * The name in tables and addresses.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether messages leave by it.
     *
     * @return false for one that brings pictures
     */
    public boolean sends() {
      return this != FOLDER;
    }
  }

  /** Which verdicts are sent. */
  public enum Wanted {
    /** Every one. */
    ALL,
    /** All but OK. */
    NOT_OK,
    /** Only parts that are rejected. */
    REJECTED;

    /**
     * The name in tables and addresses.
     *
     * @return lower case, with a dash
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Where a connection leads.
   *
   * @param target address of a webhook or a broker, or a folder
   * @param topic where a broker publishes
   * @param clientId how the server calls itself at a broker; empty for the usual name
   * @param user whom a broker knows
   * @param secret a broker's password, or what a webhook's messages are signed with
   * @param verdicts which verdicts are sent
   * @param move whether a folder's pictures are moved once they are inspected
   */
  public record Settings(
      String target,
      Optional<String> topic,
      Optional<String> clientId,
      Optional<String> user,
      Optional<String> secret,
      Wanted verdicts,
      boolean move) {

    /** Without the secret, wherever it may be written. */
    @Override
    public String toString() {
      return "Settings[" + target + "]";
    }
  }

  /**
   * How a connection goes.
   *
   * @param waiting messages that are still to be delivered
   * @param lastDeliveryAt when the last message was delivered, or the last picture inspected
   * @param failingSince since when nothing gets through; empty while it works
   * @param fault the last fault, in a line; it stays when it is over
   * @param faultAt when that was
   * @param dropped messages that were given up since too many waited
   */
  public record Progress(
      long waiting,
      Optional<Instant> lastDeliveryAt,
      Optional<Instant> failingSince,
      Optional<String> fault,
      Optional<Instant> faultAt,
      long dropped) {}

  /** How a connection stands. */
  public enum State {
    /** It rests. */
    PAUSED,
    /** Nothing gets through. */
    FAILING,
    /** Messages are on their way. */
    WAITING,
    /** All is done. */
    WORKS;

    /**
     * The name in answers.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How it stands.
   *
   * @return in a word
   */
  public State state() {
    if (paused) {
      return State.PAUSED;
    }
    if (progress.failingSince().isPresent()) {
      return State.FAILING;
    }
    return progress.waiting() > 0 ? State.WAITING : State.WORKS;
  }
}
