package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a generation's vectors and words are kept to be searched. */
public enum IndexKind {
  /** In the memory of every replica of graph-service. */
  EMBEDDED,
  /** In an OpenSearch cluster, for collections beyond the memory of one machine. */
  OPENSEARCH;

  /** As it is spelt in a recipe. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<IndexKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
