package relata.graph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import relata.graph.engine.Filter;
import relata.graph.vector.BestHits;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Effort;
import relata.graph.vector.Similarity;
import relata.graph.vector.VectorIndex;

/**
 * What an index takes of a process whose vectors are in mapped files: memory that the system cannot
 * take back, and searches in it. The vectors are made one after the other and never all there.
 */
final class ResidentRun {
  private static final int AT_A_TIME = 1_000;
  private static final int LIMIT = 10;
  private static final int JUDGED = 100;
  private static final int QUERIES = 400;
  private static final double RECALL = 0.99;

  /** Measured first when there is a third of the vectors. */
  private static final int SHARE = 3;

  private final int count;
  private final SyntheticVectors data;
  private final Figures figures;
  private final float[][] queries;
  private final List<BestHits> truth = new ArrayList<>();

  ResidentRun(int count, int dimension, Figures figures) {
    this.count = count;
    this.figures = figures;
    data = new SyntheticVectors(dimension);
    queries = data.vectors(1_000_000_000_000L, QUERIES);
    for (int i = 0; i < JUDGED; i++) {
      truth.add(new BestHits(LIMIT));
    }
  }

  /**
   * @param folder where the vectors are
   */
  void measure(Path folder) throws IOException {
    warmUp(folder);
    Resident resident = new Resident();
    try (Loaded loaded = new Loaded(Optional.of(folder))) {
      int some = count / SHARE;
      fill(loaded, 0, some, resident);
      search(loaded);
      long before = resident.settled();
      fill(loaded, some, count, resident);
      Effort effort = search(loaded);
      long after = resident.settled();
      report(loaded, effort);
      figures.remark("%d KiB with %d vectors, %d with %d".formatted(before, some, after, count));
      figures.add("resident", (after - before) * (100_000.0 / (count - some)) / 1024, "MiB/100k");
      figures.add("resident.process", resident.most() / 1024.0, "MiB");
      figures.add("resident.mapped", loaded.index.size().vectorBytes() / (double) (1 << 20), "MiB");
    }
  }

  private void fill(Loaded loaded, int from, int to, Resident resident) throws IOException {
    for (int first = from; first < to; first += AT_A_TIME) {
      add(loaded, first, Math.min(AT_A_TIME, to - first));
      resident.look();
    }
    loaded.settle();
    resident.look();
  }

  /** As it is searched, so that what a search takes is there at both sizes. */
  private Effort search(Loaded loaded) {
    Effort effort = cheapest(loaded);
    var unused = times(loaded, effort);
    return effort;
  }

  private void report(Loaded loaded, Effort effort) {
    figures.add("resident.recall", recall(loaded, effort), "share");
    long[] nanos = times(loaded, effort);
    figures.add("resident.p50", Figures.percentile(nanos, 0.5) / 1e6, "ms");
    figures.add("resident.p99", Figures.percentile(nanos, 0.99) / 1e6, "ms");
  }

  /** What the code and its compilers take is not the index's. */
  private void warmUp(Path folder) {
    try (Loaded loaded = new Loaded(Optional.of(folder))) {
      loaded.fill(data.vectors(2_000_000_000_000L, 20_000));
      var unused = times(loaded, Effort.CERTAIN);
    }
  }

  private void add(Loaded loaded, int from, int size) {
    float[][] vectors = data.vectors(from, size);
    IntStream.range(0, JUDGED)
        .parallel()
        .forEach(
            query -> {
              for (int i = 0; i < size; i++) {
                double similarity = Similarity.cosine(queries[query], vectors[i]);
                if (similarity >= truth.get(query).floor()) {
                  truth.get(query).offer(from + i, 0, similarity);
                }
              }
            });
    List<DocumentVectors> documents = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      documents.add(Loaded.document(from + i, vectors[i]));
    }
    loaded.index.apply(documents, List.of());
  }

  private Effort cheapest(Loaded loaded) {
    int probes =
        LeastEffort.of(
            1, loaded.index.lists(), n -> recall(loaded, new Effort(n, Effort.ALL)) >= RECALL);
    figures.remark("%d of %d lists".formatted(probes, loaded.index.lists()));
    return new Effort(probes, Effort.ALL);
  }

  private double recall(Loaded loaded, Effort effort) {
    int found = 0;
    for (int i = 0; i < JUDGED; i++) {
      Set<Long> right = ids(truth.get(i).inOrder());
      right.retainAll(ids(nearest(loaded, queries[i], effort)));
      found += right.size();
    }
    return found / (double) (JUDGED * LIMIT);
  }

  private static Set<Long> ids(List<VectorIndex.Hit> hits) {
    return hits.stream().map(VectorIndex.Hit::documentId).collect(Collectors.toSet());
  }

  private static List<VectorIndex.Hit> nearest(Loaded loaded, float[] query, Effort effort) {
    return loaded.index.search(List.of(query), LIMIT, Filter.NONE, effort).getFirst().hits();
  }

  private long[] times(Loaded loaded, Effort effort) {
    long[] nanos = new long[queries.length];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      var unused = nearest(loaded, queries[i], effort);
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  /** What of this process is in memory and in no file. */
  private static final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int COLLECTIONS = 4;
    private static final long GIVING_BACK_NANOS = 3_000_000_000L;

    private long most;

    /** In KiB, as it is now. */
    long look() throws IOException {
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(one -> one.startsWith("RssAnon:"))
              .findFirst()
              .orElseThrow();
      long now = Long.parseLong(line.replaceAll("\\D", ""));
      most = Math.max(most, now);
      return now;
    }

    /** The same without what is dead. */
    long settled() throws IOException {
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
      }
      // Until the allocator has given back what compilers no longer use, which it does from time to
      // time.
      LockSupport.parkNanos(GIVING_BACK_NANOS);
      return look();
    }

    long most() {
      return most;
    }
  }
}
