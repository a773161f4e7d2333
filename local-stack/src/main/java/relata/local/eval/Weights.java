package relata.local.eval;

/** How much each of the two rankings counts in a hybrid search. */
record Weights(double semantic, double lexical) {
  static final Weights EQUAL = new Weights(1, 1);

  /** From 0 to 1; only this decides about the order of the hits. */
  double shareOfSemantic() {
    return semantic / (semantic + lexical);
  }
}
