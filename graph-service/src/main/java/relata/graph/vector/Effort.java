package relata.graph.vector;

/**
 * How much of an index a search looks at. More lists with as many comparisons as it takes never
 * find less; more comparisons in the same lists find more as a rule (docs/adr/0040).
 *
 * @param probes how many of the index's lists of vectors, those that look best first; {@link #ALL}
 *     for all of them
 * @param depth how many vectors are compared exactly; {@link #ALL} for as many as it takes to leave
 *     nothing out
 */
public record Effort(int probes, int depth) {
  public static final int ALL = Integer.MAX_VALUE;

  /** What finds everything, with certainty. */
  public static final Effort CERTAIN = new Effort(ALL, ALL);

  public Effort {
    if (probes < 1 || depth < 1) {
      throw new IllegalArgumentException(
          "an effort of %d probes and %d comparisons finds nothing".formatted(probes, depth));
    }
  }
}
