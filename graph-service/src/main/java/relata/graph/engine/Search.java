package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.Effort;

/** One search in one state: which tiles are scanned for which queries. */
final class Search {
  private final Kernels kernels;
  private final State state;
  private final int limit;
  private final Filter filter;
  private final Effort effort;
  private final Scratch scratch;
  private final List<Part> parts;
  private final int lists;

  Search(
      Kernels kernels,
      State state,
      int dimension,
      int limit,
      Filter filter,
      Effort effort,
      Scratch scratch) {
    this.kernels = kernels;
    this.state = state;
    this.limit = limit;
    this.filter = filter;
    this.effort = effort;
    this.scratch = scratch;
    parts = state.parts(dimension);
    lists = Lists.count(parts);
  }

  List<Found> run(List<Query> queries) {
    List<Found> found = new ArrayList<>(queries.size());
    if (effort.probes() < lists) {
      for (Query query : queries) {
        found.add(query.isTame() ? amongSome(query) : amongAll(List.of(query)).getFirst());
      }
      return found;
    }
    for (int from = 0; from < queries.size(); from += TopScan.QUERIES) {
      found.addAll(
          amongAll(queries.subList(from, Math.min(from + TopScan.QUERIES, queries.size()))));
    }
    return found;
  }

  private List<Found> amongAll(List<Query> queries) {
    scratch.tiles.of(parts);
    for (int number = 0; number < parts.size(); number++) {
      addAll(number);
    }
    return scan(queries, new Panels(queries));
  }

  /** The lists whose centres are closest, and whatever is in none. */
  private Found amongSome(Query query) {
    Panels panels = new Panels(List.of(query));
    Shortlist shortlist = new Shortlist(effort.probes());
    int first = 0;
    for (Part part : parts) {
      if (part instanceof Lists of) {
        float[] weights = panels.of(of.sketches().frame()).weights();
        of.centres().offer(kernels, weights, scratch.products, first, shortlist);
        first += of.count();
      }
    }
    int[] chosen = shortlist.positions();
    scratch.tiles.of(parts);
    first = 0;
    int next = 0;
    for (int number = 0; number < parts.size(); number++) {
      if (parts.get(number) instanceof Lists of) {
        long[] passing = filter.words(of);
        for (; next < chosen.length && chosen[next] < first + of.count(); next++) {
          int list = chosen[next] - first;
          scratch.tiles.add(number, of.start(list), of.start(list + 1), passing);
        }
        first += of.count();
      } else {
        addAll(number);
      }
    }
    Found found = scan(List.of(query), panels).getFirst();
    return new Found(found.hits(), false);
  }

  private void addAll(int number) {
    Part part = parts.get(number);
    scratch.tiles.add(number, 0, part.size(), filter.words(part));
  }

  private List<Found> scan(List<Query> queries, Panels panels) {
    return scratch.tiles.areSparse()
        ? new RowScan(kernels, state, queries, limit, scratch).run()
        : new TopScan(kernels, state, queries, panels, limit, effort.depth(), scratch).run();
  }
}
