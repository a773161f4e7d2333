package relata.graph.tune;

/**
 * What a promotion has to show.
 *
 * @param bar recall that searches must have, by its lower bound; 1 lets nothing but certainty pass
 * @param minGain by which share at least searches must become cheaper, from 0 up
 * @param significance how probable such times may be at most if the gain is smaller in truth
 * @param maxTrials how many trials the run may have
 */
public record Terms(double bar, double minGain, double significance, int maxTrials) {
  public Terms {
    if (!(bar > 0 && bar <= 1)) {
      throw new IllegalArgumentException("a recall of " + bar);
    }
    if (!(minGain >= 0 && minGain < 1) || !(significance > 0 && significance < 1)) {
      throw new IllegalArgumentException("shares are between 0 and 1");
    }
  }
}
