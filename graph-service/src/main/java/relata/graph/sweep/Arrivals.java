package relata.graph.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells which generations were not there when it was looked before. */
final class Arrivals {
  private Optional<List<Long>> before = Optional.empty();

  /** A sweep deals with these, which are therefore no arrivals. */
  synchronized void swept(List<Long> generations) {
    before = Optional.of(List.copyOf(generations));
  }

  /** None until the first sweep has looked: it deals with all there are. */
  synchronized List<Long> among(List<Long> now) {
    List<Long> arrived = new ArrayList<>();
    before.ifPresent(
        known -> {
          arrived.addAll(now);
          arrived.removeAll(known);
          swept(now);
        });
    return arrived;
  }
}
