package relata.graph.search;

/** What a search looks for. */
sealed interface Subject {
  /** What a user typed. */
  record Words(String text) implements Subject {}

  /** What is like a document, which does not find itself. */
  record Like(long documentId) implements Subject {}
}
