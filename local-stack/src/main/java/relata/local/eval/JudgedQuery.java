package relata.local.eval;

import java.util.Map;

/**
 * A search with what people said about the documents that it should find.
 *
 * @param grades by document; from 1 up, the higher the better. A document without one is not
 *     relevant
 */
record JudgedQuery(String id, String text, Map<String, Integer> grades) {
  JudgedQuery {
    grades = Map.copyOf(grades);
    if (grades.values().stream().anyMatch(grade -> grade < 1)) {
      throw new IllegalArgumentException("A relevant document has a grade from 1 up: " + grades);
    }
  }

  /** Whether there is anything to find. */
  boolean hasRelevant() {
    return !grades.isEmpty();
  }
}
