package relata.graph.text;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What filters let through, for as long as the index does not change. Clients filter by the same
 * few things again and again; the same set is the same object, by which others can remember it.
 */
final class PassingChunks {
  private static final int MOST_FILTERS = 16;

  private final Map<ChunkFilter, Known> known =
      new LinkedHashMap<>(MOST_FILTERS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkFilter, Known> eldest) {
          return size() > MOST_FILTERS;
        }
      };

  private record Known(Object state, ChunkSet chunks) {}

  interface Search {
    ChunkSet run() throws IOException;
  }

  /**
   * @param state tells one state of the index from another
   */
  ChunkSet of(Object state, ChunkFilter filter, Search search) throws IOException {
    synchronized (known) {
      Known before = known.get(filter);
      if (before != null && before.state() == state) {
        return before.chunks();
      }
    }
    ChunkSet chunks = search.run();
    synchronized (known) {
      known.put(filter, new Known(state, chunks));
    }
    return chunks;
  }
}
