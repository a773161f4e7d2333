package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vectors of the texts that were searched for last: people repeat each other. What stands here
 * is found by meaning also while no worker answers. Texts and vectors are in memory alone.
 */
@Singleton
final class QueryMemory {
  private record Asked(long generationId, String text) {}

  private final Map<Asked, QueryVector.Found> vectors;

  QueryMemory(SearchConfig config) {
    vectors =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Asked, QueryVector.Found> eldest) {
            return size() > config.remembered();
          }
        };
  }

  synchronized Optional<QueryVector.Found> find(long generationId, String text) {
    return Optional.ofNullable(vectors.get(new Asked(generationId, text)));
  }

  /** To be used for a vector that is the generation's for this text as long as it lives. */
  synchronized void keep(long generationId, String text, QueryVector.Found vector) {
    vectors.put(new Asked(generationId, text), vector);
  }
}
