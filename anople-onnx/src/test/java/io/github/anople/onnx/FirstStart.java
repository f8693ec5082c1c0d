package io.github.anople.onnx;

import io.github.anople.core.InputException;

/** A program that loads ONNX Runtime and is killed, or ends, or says in a line why it cannot. */
final class FirstStart {

  private FirstStart() {}

  public static void main(String[] args) {
    try {
      OrtEnvironments.get();
    } catch (InputException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
    System.out.println("loaded");
    if (args.length > 0) {
      Runtime.getRuntime().halt(0);
    }
  }
}
