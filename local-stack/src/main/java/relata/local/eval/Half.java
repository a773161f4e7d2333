package relata.local.eval;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Every other query. What is tuned is tuned on one half, and what is claimed is claimed for the
 * other, which no choice has seen.
 */
enum Half {
  TUNING("tuning", 0),
  HELD_OUT("held out", 1);

  private final String label;
  private final int first;

  Half(String label, int first) {
    this.label = label;
    this.first = first;
  }

  String label() {
    return label;
  }

  <T> List<T> of(List<T> all) {
    return IntStream.range(0, all.size())
        .filter(place -> place % 2 == first)
        .mapToObj(all::get)
        .toList();
  }

  double[] of(double[] all) {
    return IntStream.range(0, all.length)
        .filter(place -> place % 2 == first)
        .mapToDouble(place -> all[place])
        .toArray();
  }
}
