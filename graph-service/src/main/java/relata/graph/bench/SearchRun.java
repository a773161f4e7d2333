package relata.graph.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongPredicate;
import relata.graph.engine.Filter;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.Similarity;
import relata.graph.vector.VectorIndex;

/** Searches, one at a time and on two threads, with and without a filter, beside a peer. */
final class SearchRun {
  private static final int LIMIT = 10;
  private static final int QUERIES = 400;
  private static final int ROUNDS = 5;
  private static final int JUDGED = 60;
  private static final double RECALL = 0.99;
  private static final int KEPT = 100;

  /** How many searches a thread has before it; a peer that cannot take them together need not. */
  private static final int WAITING = 8;

  private static final int[] DEPTHS = {64, 96, 128, 192, 256, 512, 1024};

  private final SketchIndex index;
  private final float[][] vectors;
  private final float[][] queries;
  private final Figures figures;

  /** A way to find the ids of the best. */
  private interface Engine {
    List<Long> nearest(float[] query);

    /** Several that wait at the same time. */
    default void all(List<float[]> some) {
      some.forEach(this::nearest);
    }
  }

  /** Takes those that wait in one pass. */
  private record Ours(SketchIndex index, Filter filter, int depth) implements Engine {
    @Override
    public List<Long> nearest(float[] query) {
      return index.search(List.of(query), LIMIT, filter, depth).getFirst().hits().stream()
          .map(VectorIndex.Hit::documentId)
          .toList();
    }

    @Override
    public void all(List<float[]> some) {
      var unused = index.search(some, LIMIT, filter, depth);
    }
  }

  SearchRun(SketchIndex index, float[][] vectors, SyntheticVectors data, Figures figures) {
    this.index = index;
    this.vectors = vectors;
    this.figures = figures;
    queries = data.vectors(1_000_000_000, QUERIES);
  }

  void measure(boolean withPeer) throws IOException {
    Filter filter = Filter.of(id -> id % KEPT == 0);
    int depth = comparing();
    Engine ours = new Ours(index, Filter.NONE, depth);
    Engine filtered = new Ours(index, filter, SketchIndex.ALL_IT_TAKES);
    figures.add("search.recall", recall(ours, id -> true), "share");
    figures.add("filter.recall", recall(filtered, id -> id % KEPT == 0), "share");
    if (withPeer) {
      try (LucenePeer lucene = built()) {
        int explored = exploring(lucene);
        Engine peer = query -> lucene.nearest(query, LIMIT, explored);
        compare(ours, filtered, peer);
      }
    } else {
      compare(ours, filtered, ours);
    }
  }

  private LucenePeer built() throws IOException {
    long start = System.nanoTime();
    LucenePeer lucene = new LucenePeer(vectors);
    figures.add("lucene.build", Figures.seconds(start), "s");
    return lucene;
  }

  /** The cheapest setting that finds as much as is asked for. */
  private int comparing() {
    for (int depth : DEPTHS) {
      double recall = recall(new Ours(index, Filter.NONE, depth), id -> true);
      if (recall >= RECALL) {
        figures.remark("%d compared exactly for a recall of %.4f".formatted(depth, recall));
        return depth;
      }
    }
    return SketchIndex.ALL_IT_TAKES;
  }

  /** The cheapest setting of the peer that finds as much as is asked for. */
  private int exploring(LucenePeer lucene) {
    int explored = LIMIT;
    double recall = 0;
    while (recall < RECALL && explored < 2_000) {
      explored += Math.max(5, explored / 4);
      int now = explored;
      recall = recall(query -> lucene.nearest(query, LIMIT, now), id -> true);
    }
    figures.remark("Lucene explores %d for a recall of %.4f".formatted(explored, recall));
    return explored;
  }

  /** Against the exact similarity of every vector. */
  private double recall(Engine engine, LongPredicate kept) {
    int found = 0;
    for (int i = 0; i < JUDGED; i++) {
      Set<Long> truth = truth(i, kept);
      truth.retainAll(new HashSet<>(engine.nearest(queries[i])));
      found += truth.size();
    }
    return found / (double) (JUDGED * LIMIT);
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
  private void compare(Engine ours, Engine filtered, Engine peer) {
    Engine[] engines = {
      ours, filtered, peer, new Ours(index, Filter.NONE, SketchIndex.ALL_IT_TAKES)
    };
    double[][] p50 = new double[engines.length][ROUNDS];
    double[][] p99 = new double[engines.length][ROUNDS];
    double[][] rate = new double[engines.length][ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      for (int i = 0; i < engines.length; i++) {
        long[] nanos = times(engines[i]);
        double perSecond = onTwoThreads(engines[i]);
        if (round >= 0) {
          p50[i][round] = Figures.percentile(nanos, 0.5) / 1e6;
          p99[i][round] = Figures.percentile(nanos, 0.99) / 1e6;
          rate[i][round] = perSecond;
        }
      }
    }
    figures.add("search.p50", Figures.median(p50[0]), "ms");
    figures.add("search.p99", Figures.median(p99[0]), "ms");
    figures.add("search.rate", Figures.median(rate[0]), "/s");
    figures.add("search.certain.p50", Figures.median(p50[3]), "ms");
    figures.add("search.certain.p99", Figures.median(p99[3]), "ms");
    figures.add("filter.p50", Figures.median(p50[1]), "ms");
    if (peer != ours) {
      figures.add("lucene.p50", Figures.median(p50[2]), "ms");
      figures.add("lucene.rate", Figures.median(rate[2]), "/s");
      figures.add("search.p50.lucene", Figures.median(p50[0]) / Figures.median(p50[2]), "times");
      figures.add("search.rate.lucene", Figures.median(rate[0]) / Figures.median(rate[2]), "times");
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
