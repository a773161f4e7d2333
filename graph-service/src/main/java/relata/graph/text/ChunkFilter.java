package relata.graph.text;

import java.util.List;
import java.util.Set;

/**
 * Which chunks may be found.
 *
 * @param kinds kinds of chunks; empty for all
 * @param conditions that the document's metadata must meet, every one of them
 */
public record ChunkFilter(Set<String> kinds, List<Condition> conditions) {
  /** Lets everything through. */
  public static final ChunkFilter NONE = new ChunkFilter(Set.of(), List.of());

  public ChunkFilter {
    kinds = Set.copyOf(kinds);
    conditions = List.copyOf(conditions);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
