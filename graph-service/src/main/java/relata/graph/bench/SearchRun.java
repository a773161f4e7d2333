package relata.graph.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
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

  /** Long beside the start of a thread, and beside what else may take a processor for a while. */
  private static final long RATE_NANOS = 500_000_000;

  private final SketchIndex index;
  private final float[][] vectors;
  private final float[][] queries;
  private final Figures figures;

  /** The right answers to the first queries. */
  private final List<Set<Long>> best;

  /** A way to find the ids of the best. */
  private interface Engine {
    List<Long> nearest(float[] query);
  }

  private record Ours(SketchIndex index, Filter filter, Effort effort) implements Engine {
    @Override
    public List<Long> nearest(float[] query) {
      return index.search(List.of(query), LIMIT, filter, effort).getFirst().hits().stream()
          .map(VectorIndex.Hit::documentId)
          .toList();
    }
  }

  /** What the rounds gave for an engine. */
  private record Measured(String name, Engine engine, double[] p50, double[] p99, double[] rate) {
    Measured(String name, Engine engine) {
      this(name, engine, new double[ROUNDS], new double[ROUNDS], new double[ROUNDS]);
    }
  }

  /** Ours beside what a peer gives for the same. */
  private record Compared(String name, Measured ours, Measured peer) {}

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
    Filter filter = Filter.of(SearchRun::isKept);
    List<Set<Long>> bestKept = truth(SearchRun::isKept);
    Measured ours = new Measured("search", cheapest("search", Filter.NONE, best));
    Measured oursKept = new Measured("filter", cheapest("filter", filter, bestKept));
    Measured certain = new Measured("search.certain", certain(Filter.NONE));
    Measured certainKept = new Measured("filter.certain", certain(filter));
    List<Compared> compared = new ArrayList<>();
    List<Measured> engines = new ArrayList<>(List.of(ours, certain, oursKept, certainKept));
    figures.add("search.recall", recall(ours.engine, best), "share");
    figures.add("filter.recall", recall(oursKept.engine, bestKept), "share");
    figures.add("filter.certain.recall", recall(certainKept.engine, bestKept), "share");
    try {
      for (SearchPeer peer : peers) {
        String name = peer.name();
        long start = System.nanoTime();
        peer.build(vectors, SearchRun::isKept);
        figures.add(name + ".build", Figures.seconds(start), "s");
        Engine of = exploring(name, best, n -> query -> peer.nearest(query, LIMIT, n));
        compared.add(new Compared(name, ours, new Measured(name, of)));
        if (peer instanceof SearchPeer.Filtering filtering) {
          Engine among =
              exploring(
                  "filter." + name, bestKept, n -> query -> filtering.nearestKept(query, LIMIT, n));
          compared.add(new Compared(name, oursKept, new Measured("filter." + name, among)));
        }
      }
      compared.forEach(each -> engines.add(each.peer));
      compare(engines);
    } finally {
      for (SearchPeer peer : peers) {
        peer.close();
      }
    }
    report(engines, compared);
  }

  private static boolean isKept(long id) {
    return id % KEPT == 0;
  }

  /** The fewest lists that find as much as is asked for, and in them the fewest comparisons. */
  private Engine cheapest(String name, Filter filter, List<Set<Long>> truth) {
    int probes =
        LeastEffort.of(1, index.lists(), n -> recall(ours(filter, n, Effort.ALL), truth) >= RECALL);
    int depth =
        LeastEffort.of(LIMIT, MOST_EFFORT, n -> recall(ours(filter, probes, n), truth) >= RECALL);
    Engine engine = ours(filter, probes, depth);
    double recall = recall(engine, truth);
    if (recall < RECALL) {
      figures.remark("%s: nothing less than all finds enough".formatted(name));
      return certain(filter);
    }
    figures.remark(
        "%s: %d of %d lists and %d compared exactly for a recall of %.4f"
            .formatted(name, probes, index.lists(), depth, recall));
    return engine;
  }

  private Engine ours(Filter filter, int probes, int depth) {
    return new Ours(index, filter, new Effort(probes, depth));
  }

  private Engine certain(Filter filter) {
    return new Ours(index, filter, Effort.CERTAIN);
  }

  /** A peer with the cheapest setting that finds as much as is asked for. */
  private Engine exploring(String name, List<Set<Long>> truth, IntFunction<Engine> with) {
    int effort = LeastEffort.of(LIMIT, MOST_EFFORT, n -> recall(with.apply(n), truth) >= RECALL);
    Engine engine = with.apply(effort);
    figures.remark(
        "%s explores %d for a recall of %.4f".formatted(name, effort, recall(engine, truth)));
    return engine;
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

  private void report(List<Measured> engines, List<Compared> compared) {
    for (Measured measured : engines) {
      figures.add(measured.name + ".p50", Figures.median(measured.p50), "ms");
      figures.add(measured.name + ".p99", Figures.median(measured.p99), "ms");
      figures.add(measured.name + ".rate", Figures.median(measured.rate), "/s");
    }
    for (Compared each : compared) {
      figures.add(
          each.ours.name + ".p50." + each.name,
          Figures.median(each.ours.p50) / Figures.median(each.peer.p50),
          "times");
      figures.add(
          each.ours.name + ".rate." + each.name,
          Figures.median(each.ours.rate) / Figures.median(each.peer.rate),
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

  /** How many a second, all queries again and again on each thread. */
  private double onTwoThreads(Engine engine) {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> one = threads.submit(() -> answered(engine, 0, start));
      Future<Integer> other = threads.submit(() -> answered(engine, queries.length / 2, start));
      return (one.get() + other.get()) / Figures.seconds(start);
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private int answered(Engine engine, int first, long start) {
    int count = 0;
    for (; System.nanoTime() - start < RATE_NANOS; count++) {
      engine.nearest(queries[(first + count) % queries.length]);
    }
    return count;
  }
}
