package relata.worker.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Cuts texts into calls that take about as long as they should: as many tokens as the model was
 * measured to take in that time, within bounds on the number of texts.
 *
 * @param fewest texts in a call, however slow the model is: each call costs something of its own
 * @param most texts in a call, however fast it is
 * @param tokens in a call; 0 when nothing was measured yet
 */
record CallPages(int fewest, int most, long tokens) {
  CallPages {
    if (fewest < 1 || most < fewest || tokens < 0) {
      throw new IllegalArgumentException("A call has texts.");
    }
  }

  /** The calls, as views of the list. */
  <T> List<List<T>> of(List<T> all, ToLongFunction<T> tokensOf) {
    List<List<T>> pages = new ArrayList<>();
    int from = 0;
    long size = 0;
    for (int i = 0; i < all.size(); i++) {
      long own = tokensOf.applyAsLong(all.get(i));
      int texts = i - from;
      if (texts >= most || (texts >= fewest && tokens > 0 && size + own > tokens)) {
        pages.add(all.subList(from, i));
        from = i;
        size = 0;
      }
      size += own;
    }
    if (from < all.size()) {
      pages.add(all.subList(from, all.size()));
    }
    return List.copyOf(pages);
  }
}
