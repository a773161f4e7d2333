package relata.graph.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import relata.graph.tune.AskedTrials;
import relata.graph.tune.Decision;
import relata.graph.tune.Grid;
import relata.graph.tune.Queries;
import relata.graph.tune.Terms;
import relata.graph.tune.Trial;
import relata.graph.tune.Trials;
import relata.graph.tune.Tuning;
import relata.graph.tune.Tuning.Seeks;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;

/** What tuning makes of an index that is searched with certainty, and how long that takes. */
final class TuneRun {
  private static final int QUERIES = 300;
  private static final int LIMIT = 10;
  private static final long SEED = 1;
  private static final int WARM_UPS = 5;

  /** As graph-service has them (relata.tune.*). */
  private static final Terms TERMS = new Terms(0.95, 0.1, 0.01, 30);

  private final VectorIndex index;
  private final float[][] queries;
  private final Figures figures;

  TuneRun(VectorIndex index, SyntheticVectors data, Figures figures) {
    this.index = index;
    this.figures = figures;
    queries = data.vectors(2_000_000_000, QUERIES);
  }

  void measure() {
    Asked asked = new Asked(index, queries);
    for (int i = 0; i < WARM_UPS * QUERIES; i++) {
      asked.ask(i % QUERIES, i % 2 == 0 ? Effort.CERTAIN : new Effort(Effort.ALL, 256));
    }
    long start = System.nanoTime();
    Told told = new Told(new AskedTrials(asked, SEED), figures);
    Decision decision =
        new Tuning(TERMS, Grid.of(index.lists(), index.chunkCount(), LIMIT), told, SEED)
            .run(Effort.CERTAIN, Seeks.ALWAYS, recall -> {});
    figures.add("tune", Figures.seconds(start), "s");
    switch (decision) {
      case Decision.Promoted promoted -> {
        figures.remark("promoted " + words(promoted.effort()));
        figures.add("tune.recall", promoted.recall().mean(), "share");
        figures.add("tune.recall.lower", promoted.recall().lower(), "share");
        figures.add("tune.ratio", promoted.ratio(), "times");
      }
      case Decision.Kept(Decision.Reason reason) -> figures.remark(reason.sentence());
    }
  }

  private static String words(Effort effort) {
    return "probes=%s depth=%s".formatted(words(effort.probes()), words(effort.depth()));
  }

  private static String words(int value) {
    return value == Effort.ALL ? "all" : Integer.toString(value);
  }

  private record Asked(VectorIndex index, float[][] queries) implements Queries {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public int size() {
      return queries.length;
    }

    @Override
    public Answer ask(int query, Effort effort) {
      long began = THREADS.getCurrentThreadCpuTime();
      var hits = index.nearest(queries[query], LIMIT, effort);
      long nanos = THREADS.getCurrentThreadCpuTime() - began;
      return new Answer(nanos, hits.stream().mapToDouble(VectorIndex.Hit::similarity).toArray());
    }
  }

  private record Told(Trials trials, Figures figures) implements Trials {
    @Override
    public int queries() {
      return trials.queries();
    }

    @Override
    public Trial run(Trial.Purpose purpose, Effort effort, Effort current, double bar) {
      Trial trial = trials.run(purpose, effort, current, bar);
      figures.remark(
          String.format(
              Locale.ROOT,
              "%s %s: recall %.3f, at least %.3f by %d queries, %.2f times the cost",
              purpose.name().toLowerCase(Locale.ROOT),
              words(effort),
              trial.recall().mean(),
              trial.recall().lower(),
              trial.recall().queries(),
              trial.ratio()));
      return trial;
    }
  }
}
