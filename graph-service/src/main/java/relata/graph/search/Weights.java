package relata.graph.search;

import relata.graph.problem.ProblemException;

/** How much each of the two rankings counts in a fusion; one that is left out counts 1. */
record Weights(Double semantic, Double lexical) {
  static final Weights EQUAL = new Weights(1.0, 1.0);

  /** Only the proportion of the two matters; more than this says nothing more. */
  private static final double GREATEST = 100;

  Weights {
    semantic = semantic == null ? Double.valueOf(1) : semantic;
    lexical = lexical == null ? Double.valueOf(1) : lexical;
  }

  /**
   * @throws ProblemException naming the weight that is wrong
   */
  Weights checked() {
    check("weights.semantic", semantic);
    check("weights.lexical", lexical);
    if (semantic == 0 && lexical == 0) {
      throw ProblemException.badField("weights", "must not both be 0");
    }
    return this;
  }

  private static void check(String field, double weight) {
    if (!(weight >= 0 && weight <= GREATEST)) {
      throw ProblemException.badField(field, "must be a number from 0 to 100");
    }
  }
}
