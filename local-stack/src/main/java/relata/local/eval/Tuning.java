package relata.local.eval;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The weights with which hybrid searches are best for the queries that may be tuned on. Of weights
 * that lie side by side chance says which is best, so equal ones are kept until others are surely
 * better: what one half of the queries happened to prefer the other half would pay for.
 *
 * @param trials all that was tried, by growing weight of the meaning
 * @param taken the best, or equal weights if that is not surely better
 * @param p of the best against equal weights; 1 if those are the best
 */
record Tuning(List<Trial> trials, Weights taken, double p) {
  /** Low, because several are tried. */
  private static final double SURE = 0.01;

  private static final int TENTHS = 10;

  private static final List<Weights> TRIED =
      IntStream.of(2, 3, 4, 6, 7, 8)
          .mapToObj(tenths -> new Weights(tenths, TENTHS - tenths))
          .toList();

  /**
   * What came of some weights.
   *
   * @param ndcg of each query
   */
  record Trial(Weights weights, double[] ndcg) {
    double mean() {
      return DoubleStream.of(ndcg).average().orElseThrow();
    }
  }

  Tuning {
    trials = List.copyOf(trials);
  }

  /**
   * @param queries to tune on; no others may be asked
   * @param ask gives the rankings of these queries with some weights
   */
  static Tuning on(List<JudgedQuery> queries, Function<Weights, Rankings> ask) {
    Trial equal = trial(Weights.EQUAL, queries, ask);
    List<Trial> others = TRIED.stream().map(weights -> trial(weights, queries, ask)).toList();
    Trial best = others.stream().max(Comparator.comparingDouble(Trial::mean)).orElseThrow();
    double p = best.mean() > equal.mean() ? PairedTest.of(best.ndcg(), equal.ndcg()).p() : 1;
    List<Trial> all =
        Stream.concat(others.stream(), Stream.of(equal))
            .sorted(Comparator.comparingDouble(trial -> trial.weights().shareOfSemantic()))
            .toList();
    return new Tuning(all, p < SURE ? best.weights() : Weights.EQUAL, p);
  }

  private static Trial trial(
      Weights weights, List<JudgedQuery> queries, Function<Weights, Rankings> ask) {
    return new Trial(weights, ask.apply(weights).values(Measure.NDCG, queries));
  }

  /** One line that tells all of it. */
  String words() {
    return String.format(
        Locale.ROOT,
        "weight of semantic: %s of nDCG@10 on the tuning half; best against equal: p %.3f (< %.2f"
            + " to be taken); taken: %.1f",
        trials.stream()
            .map(
                trial ->
                    String.format(
                        Locale.ROOT, "%.1f %.4f", trial.weights().shareOfSemantic(), trial.mean()))
            .collect(Collectors.joining(", ")),
        p,
        SURE,
        taken.shareOfSemantic());
  }
}
