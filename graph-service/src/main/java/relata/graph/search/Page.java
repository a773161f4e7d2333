package relata.graph.search;

import java.util.ArrayList;
import java.util.List;
import relata.graph.search.Fusion.Fused;

/**
 * A part of a ranking that is shown.
 *
 * @param rest what is still to come
 */
record Page(List<SearchResponse.Hit> hits, List<Fused> rest) {
  /**
   * The first {@code limit} that are still there, and what comes behind them.
   *
   * @param vectors what was found by; none if that is not known
   */
  static Page of(Hits hits, List<Fused> ranked, List<float[]> vectors, int limit) {
    List<SearchResponse.Hit> shown = new ArrayList<>();
    int from = 0;
    while (shown.size() < limit && from < ranked.size()) {
      int to = Math.min(ranked.size(), from + limit - shown.size());
      shown.addAll(hits.show(ranked.subList(from, to), vectors));
      from = to;
    }
    return new Page(List.copyOf(shown), ranked.subList(from, ranked.size()));
  }
}
