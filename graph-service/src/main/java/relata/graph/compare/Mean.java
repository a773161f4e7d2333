package relata.graph.compare;

/** The mean of values as they come. */
final class Mean {
  private double sum;
  private int count;

  void add(double value) {
    sum += value;
    count++;
  }

  int count() {
    return count;
  }

  /** Null while there is nothing to take the mean of. */
  Double value() {
    return count == 0 ? null : sum / count;
  }
}
