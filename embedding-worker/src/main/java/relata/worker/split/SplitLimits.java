package relata.worker.split;

/**
 * How much may be made of one document.
 *
 * @param chunks the most chunks
 * @param marks the most line ends, paragraphs and signs of markup: what a parser makes objects of
 * @param growth how many times its own characters its tables and chunks may have
 */
public record SplitLimits(int chunks, int marks, int growth) {
  /** A short table under long headers grows much and costs nothing. */
  private static final long ALWAYS_FITS = 100_000;

  public SplitLimits {
    if (chunks < 1 || marks < 1 || growth < 1) {
      throw new IllegalArgumentException("Limits of a split must be at least 1.");
    }
  }

  /** The most characters made of so many. */
  long characters(long input) {
    return Math.max(ALWAYS_FITS, growth * input);
  }
}
