package relata.worker.embed;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list into lists of at most a size, which are views of it. */
final class Pages {
  private Pages() {}

  static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> pages = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      pages.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return List.copyOf(pages);
  }
}
