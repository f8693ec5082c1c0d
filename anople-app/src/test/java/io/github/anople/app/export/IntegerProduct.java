package io.github.anople.app.export;

/**
 * A product of whole numbers in plain Java: a reference that no processor's instructions enter.
 *
 * @param left {@code [rows, inner]}, unsigned
 * @param leftZero what stands for 0 in it
 * @param right {@code [inner, columns]}, signed
 * @param rightZero what stands for 0 in it
 * @param inner how many products are added
 */
record IntegerProduct(byte[] left, int leftZero, byte[] right, int rightZero, int inner) {

  private int rows() {
    return left.length / inner;
  }

  private int columns() {
    return right.length / inner;
  }

  private int left(int row, int k) {
    return Byte.toUnsignedInt(left[row * inner + k]);
  }

  private int right(int k, int column) {
    return right[k * columns() + column];
  }

  /** What it is, {@code [rows, columns]}. */
  int[] exact() {
    int[] product = new int[rows() * columns()];
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        long sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += (long) (left(row, k) - leftZero) * (right(k, column) - rightZero);
        }
        product[row * columns() + column] = Math.toIntExact(sum);
      }
    }
    return product;
  }

  /**
   * What it becomes on a processor with AVX2 alone: two neighbouring products are added in 16 bits,
   * and what does not fit is cut off; the zero points are taken off the sums.
   */
  int[] inPairs() {
    int[] product = new int[rows() * columns()];
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        long sum = (long) inner * leftZero * rightZero;
        for (int k = 0; k < inner; k += 2) {
          sum += pair(row, k, column) - zeros(row, k, column);
        }
        product[row * columns() + column] = Math.toIntExact(sum);
      }
    }
    return product;
  }

  private int pair(int row, int k, int column) {
    int sum = left(row, k) * right(k, column);
    if (k + 1 < inner) {
      sum += left(row, k + 1) * right(k + 1, column);
    }
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
  }

  private int zeros(int row, int k, int column) {
    int zeros = 0;
    for (int i = k; i < Math.min(k + 2, inner); i++) {
      zeros += left(row, i) * rightZero + leftZero * right(i, column);
    }
    return zeros;
  }
}
