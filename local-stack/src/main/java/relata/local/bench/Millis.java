package relata.local.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured times in milliseconds. */
final class Millis {
  private final double[] sorted;

  Millis(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
  }

  int count() {
    return sorted.length;
  }

  /** The smallest value that this share of them does not exceed (nearest rank). */
  double percentile(double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Without a part that all of them have in them. */
  Millis minus(double part) {
    return new Millis(
        Arrays.stream(sorted).map(value -> Math.max(0, value - part)).boxed().toList());
  }
}
