package relata.worker.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts what was read into the slices whose vectors are in memory together. */
final class Slices {
  private Slices() {}

  /** Slices of at most so many chunks, or of one document, in their order. */
  static <T> List<List<T>> of(List<T> all, ToIntFunction<T> chunksOf, int chunks) {
    List<List<T>> slices = new ArrayList<>();
    int from = 0;
    int size = 0;
    for (int i = 0; i < all.size(); i++) {
      int own = chunksOf.applyAsInt(all.get(i));
      if (i > from && size + own > chunks) {
        slices.add(all.subList(from, i));
        from = i;
        size = 0;
      }
      size += own;
    }
    if (from < all.size()) {
      slices.add(all.subList(from, all.size()));
    }
    return List.copyOf(slices);
  }
}
