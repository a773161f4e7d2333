package relata.graph.generation;

import java.util.Arrays;
import java.util.Locale;

/** Where the vectors and words of a generation are found, as its recipe says. */
public enum IndexKind {
  /** In the memory of every replica. */
  EMBEDDED,
  /** In an OpenSearch cluster that all replicas share. */
  OPENSEARCH;

  /**
   * @throws IllegalArgumentException if there is no such kind here
   */
  static IndexKind of(String recipe) {
    return Arrays.stream(values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(recipe))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no index \"" + recipe + "\""));
  }
}
