package io.github.anople.lab.speed;

/** What bounds a computation on a given machine. */
enum Limit {
  /** Floating-point operations a second in a large fp32 matrix product. */
  FP32("GFLOP/s"),
  /** The same in bf16. */
  BF16("GFLOP/s"),
  /** Operations a second in a large matrix product of signed bytes. */
  INT8("GOP/s"),
  /** Bytes a second of a large copy, read and written ones counted. */
  MEMORY("GB/s");

  private final String unit;

  Limit(String unit) {
    this.unit = unit;
  }

  /** The unit of a billion of it a second. */
  String unit() {
    return unit;
  }
}
