package relata.graph.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a search goes by. */
enum SearchMode {
  /** Words and meaning, fused. */
  HYBRID,
  /** Meaning: the vectors. */
  SEMANTIC,
  /** Words: BM25. */
  LEXICAL;

  static Optional<SearchMode> of(String name) {
    for (SearchMode mode : values()) {
      if (mode.json().equals(name)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** What hits are ordered by. */
  double score(Fusion.Fused hit) {
    return switch (this) {
      case HYBRID -> hit.score();
      case SEMANTIC -> hit.semanticScore();
      case LEXICAL -> hit.lexicalScore();
    };
  }

  /** Whether it has what such hits are ordered by. */
  boolean orders(Fusion.Fused hit) {
    return switch (this) {
      case HYBRID -> Double.isFinite(hit.score());
      case SEMANTIC -> hit.semanticScore() != null;
      case LEXICAL -> hit.lexicalScore() != null && Double.isFinite(hit.lexicalScore());
    };
  }

  @JsonValue
  String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
