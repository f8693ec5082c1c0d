package io.github.anople.benchmark.spark;

/** What Spark says, in one line. */
final class Lines {

  private Lines() {}

  /** The first line of a failure's message; Spark appends stacks to its own. */
  static String first(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse(failure.toString());
  }
}
