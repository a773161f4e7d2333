package relata.graph.network;

/** Sums by small numbers, emptied as fast as they were filled. The keys keep their order. */
final class Sums {
  private final double[] sums;
  private final boolean[] present;
  private final int[] keys;
  private int size;

  Sums(int keys) {
    sums = new double[keys];
    present = new boolean[keys];
    this.keys = new int[keys];
  }

  void add(int key, double amount) {
    if (!present[key]) {
      present[key] = true;
      keys[size++] = key;
    }
    sums[key] += amount;
  }

  /** 0 for a key that nothing was added to. */
  double get(int key) {
    return sums[key];
  }

  /** How many keys something was added to. */
  int size() {
    return size;
  }

  int key(int index) {
    return keys[index];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      sums[keys[i]] = 0;
      present[keys[i]] = false;
    }
    size = 0;
  }
}
