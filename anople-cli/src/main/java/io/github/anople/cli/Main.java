package io.github.anople.cli;

/** Entry point of the {@code anople} command. */
public final class Main {

  private Main() {}

  /**
   * Runs the command line.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.out.println("anople");
  }
}
