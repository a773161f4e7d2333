package relata.graph.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import relata.graph.engine.Filter;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.Effort;
import relata.graph.vector.Similarity;
import relata.graph.vector.VectorIndex;

/** Searches, one at a time and on two threads, with and without a filter, beside peers. */
final class SearchRun {
  private static final int LIMIT = 10;
  private static final int QUERIES = 400;
  private static final int ROUNDS = 5;
  private static final int JUDGED = 200;
  private static final double RECALL = 0.99;
  private static final int KEPT = 100;
  private static final int MOST_EFFORT = 2_000;

  /** How many searches a thread has before it; a peer that cannot take them together need not. */
  private static final int WAITING = 8;

  private static final int[] DEPTHS = {64, 96, 128, 192, 256, 512, 1024};

  private final SketchIndex index;
  private final float[][] vectors;
  private final float[][] queries;
  private final Figures figures;

  /** The right answers to the first queries. */
  private final List<Set<Long>> best;

  /** A way to find the ids of the best. */
  private interface Engine {
    List<Long> nearest(float[] query);

    /** Several that wait at the same time. */
    default void all(List<float[]> some) {
      some.forEach(this::nearest);
    }
  }

  /** Takes those that wait in one pass. */
  private record Ours(SketchIndex index, Filter filter, Effort effort) implements Engine {
    @Override
    public List<Long> nearest(float[] query) {
      return index.search(List.of(query), LIMIT, filter, effort).getFirst().hits().stream()
          .map(VectorIndex.Hit::documentId)
          .toList();
    }

    @Override
    public void all(List<float[]> some) {
      var unused = index.search(some, LIMIT, filter, effort);
    }
  }

  /** What the rounds gave for an engine. */
  private record Measured(String name, Engine engine, double[] p50, double[] p99, double[] rate) {
    Measured(String name, Engine engine) {
      this(name, engine, new double[ROUNDS], new double[ROUNDS], new double[ROUNDS]);
    }
  }

  SearchRun(SketchIndex index, float[][] vectors, SyntheticVectors data, Figures figures) {
    this.index = index;
    this.vectors = vectors;
    this.figures = figures;
    queries = data.vectors(1_000_000_000, QUERIES);
    best = truth(id -> true);
  }

  /**
   * @param peers answer in turns with it; closed in the end
   */
  void measure(List<SearchPeer> peers) throws Exception {
    Filter filter = Filter.of(id -> id % KEPT == 0);
    List<Measured> engines = new ArrayList<>();
    engines.add(new Measured("search", new Ours(index, Filter.NONE, cheapest())));
    engines.add(new Measured("search.certain", new Ours(index, Filter.NONE, Effort.CERTAIN)));
    engines.add(new Measured("filter", new Ours(index, filter, Effort.CERTAIN)));
    figures.add("search.recall", recall(engines.getFirst().engine, best), "share");
    figures.add(
        "filter.recall", recall(engines.getLast().engine, truth(id -> id % KEPT == 0)), "share");
    try {
      for (SearchPeer peer : peers) {
        long start = System.nanoTime();
        peer.build(vectors);
        figures.add(peer.name() + ".build", Figures.seconds(start), "s");
        int effort = exploring(peer);
        engines.add(new Measured(peer.name(), query -> peer.nearest(query, LIMIT, effort)));
      }
      compare(engines);
    } finally {
      for (SearchPeer peer : peers) {
        peer.close();
      }
    }
    report(engines, peers);
  }

  /** The fewest lists that find as much as is asked for, and in them the fewest comparisons. */
  private Effort cheapest() {
    int probes = 1;
    while (probes < index.lists() && recall(new Effort(probes, Effort.ALL)) < RECALL) {
      probes += Math.max(1, probes / 4);
    }
    for (int depth : DEPTHS) {
      Effort effort = new Effort(probes, depth);
      double recall = recall(effort);
      if (recall >= RECALL) {
        figures.remark(
            "%d of %d lists and %d compared exactly for a recall of %.4f"
                .formatted(probes, index.lists(), depth, recall));
        return effort;
      }
    }
    return Effort.CERTAIN;
  }

  private double recall(Effort effort) {
    return recall(new Ours(index, Filter.NONE, effort), best);
  }

  /** The cheapest setting of a peer that finds as much as is asked for. */
  private int exploring(SearchPeer peer) {
    int effort = LIMIT;
    double recall = 0;
    while (recall < RECALL && effort < MOST_EFFORT) {
      effort += Math.max(5, effort / 4);
      int now = effort;
      recall = recall(query -> peer.nearest(query, LIMIT, now), best);
    }
    figures.remark("%s explores %d for a recall of %.4f".formatted(peer.name(), effort, recall));
    return effort;
  }

  /** Against the exact similarity of every vector. */
  private double recall(Engine engine, List<Set<Long>> truth) {
    int found = 0;
    for (int i = 0; i < JUDGED; i++) {
      Set<Long> right = new HashSet<>(truth.get(i));
      right.retainAll(new HashSet<>(engine.nearest(queries[i])));
      found += right.size();
    }
    return found / (double) (JUDGED * LIMIT);
  }

  private List<Set<Long>> truth(LongPredicate kept) {
    return IntStream.range(0, JUDGED).parallel().mapToObj(query -> truth(query, kept)).toList();
  }

  private Set<Long> truth(int query, LongPredicate kept) {
    long[] ids = new long[LIMIT];
    double[] best = new double[LIMIT];
    Arrays.fill(best, -2);
    for (int id = 0; id < vectors.length; id++) {
      if (kept.test(id)) {
        double similarity = Similarity.cosine(queries[query], vectors[id]);
        for (int i = LIMIT - 1; i >= 0 && similarity > best[i]; i--) {
          if (i < LIMIT - 1) {
            best[i + 1] = best[i];
            ids[i + 1] = ids[i];
          }
          best[i] = similarity;
          ids[i] = id;
        }
      }
    }
    Set<Long> truth = new HashSet<>();
    for (long id : ids) {
      truth.add(id);
    }
    return truth;
  }

  /** In turns, so that whatever else the machine does meets all of them. */
  private void compare(List<Measured> engines) {
    for (int round = -2; round < ROUNDS; round++) {
      for (Measured measured : engines) {
        long[] nanos = times(measured.engine);
        double perSecond = onTwoThreads(measured.engine);
        if (round >= 0) {
          measured.p50[round] = Figures.percentile(nanos, 0.5) / 1e6;
          measured.p99[round] = Figures.percentile(nanos, 0.99) / 1e6;
          measured.rate[round] = perSecond;
        }
      }
    }
  }

  private void report(List<Measured> engines, List<SearchPeer> peers) {
    for (Measured measured : engines) {
      figures.add(measured.name + ".p50", Figures.median(measured.p50), "ms");
      figures.add(measured.name + ".p99", Figures.median(measured.p99), "ms");
      figures.add(measured.name + ".rate", Figures.median(measured.rate), "/s");
    }
    Measured ours = engines.getFirst();
    for (Measured peer : engines.subList(engines.size() - peers.size(), engines.size())) {
      figures.add(
          "search.p50." + peer.name, Figures.median(ours.p50) / Figures.median(peer.p50), "times");
      figures.add(
          "search.rate." + peer.name,
          Figures.median(ours.rate) / Figures.median(peer.rate),
          "times");
    }
  }

  private long[] times(Engine engine) {
    long[] nanos = new long[queries.length];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      engine.nearest(queries[i]);
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private double onTwoThreads(Engine engine) {
    List<float[]> all = List.of(queries);
    CountDownLatch done = new CountDownLatch(2);
    long start = System.nanoTime();
    for (int thread = 0; thread < 2; thread++) {
      int first = thread;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = first * WAITING; i < queries.length; i += 2 * WAITING) {
                  engine.all(all.subList(i, Math.min(i + WAITING, queries.length)));
                }
                done.countDown();
              });
    }
    try {
      done.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return queries.length / Figures.seconds(start);
  }
}
