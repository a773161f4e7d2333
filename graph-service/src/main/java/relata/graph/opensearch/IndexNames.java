package relata.graph.opensearch;

/**
 * The names of a generation's index. Nothing is ever written or searched by that of the index
 * itself: OpenSearch makes an index that is written to and not there, with a mapping that it
 * guesses, and refuses to do so for an alias.
 */
record IndexNames(String prefix, long generationId) {
  String index() {
    return alias() + "-index";
  }

  /** There as long as the index is. */
  String written() {
    return alias() + "-written";
  }

  /** There when the index holds all that it should. */
  String served() {
    return alias();
  }

  private String alias() {
    return prefix + "-" + generationId;
  }
}
