package relata.worker.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import relata.worker.model.Embedding;

/** The vectors of the search texts that were asked for last. */
final class QueryVectors {
  private record Key(long generationId, String text) {}

  private final Map<Key, Embedding> recent;

  QueryVectors(int size) {
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Embedding> eldest) {
            return size() > size;
          }
        };
  }

  synchronized Optional<Embedding> find(long generationId, String text) {
    return Optional.ofNullable(recent.get(new Key(generationId, text)));
  }

  synchronized void remember(long generationId, String text, Embedding embedding) {
    recent.put(new Key(generationId, text), embedding);
  }
}
