package relata.graph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import relata.graph.engine.Filter;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Effort;

/** Inserts and deletes, alone and beside searches. */
final class ChangeRun {
  private static final int SINGLES = 500;
  private static final int HUNDREDS = 30;
  private static final int STREAMED = 20_000;

  /** With a pause after each slice, because a pause takes longer than an insert. */
  private static final int STREAMED_PER_SLICE = 20;

  private static final long SLICE_NANOS = 1_000_000;
  private static final int WARM_UP = 200;
  private static final int IDLE_SEARCHES = 1_000;

  private final SketchIndex index;
  private final SyntheticVectors data;
  private final Figures figures;
  private long nextId;

  ChangeRun(SketchIndex index, SyntheticVectors data, long firstId, Figures figures) {
    this.index = index;
    this.data = data;
    this.figures = figures;
    nextId = firstId;
  }

  void measure() throws InterruptedException {
    single(WARM_UP);
    long first = nextId;
    figures.add("insert", Figures.percentile(single(SINGLES), 0.5) / 1e3, "us");
    int missed = 0;
    for (long id = first; id < nextId; id++) {
      missed += index.nearest(data.vector(id), 1).getFirst().documentId() == id ? 0 : 1;
    }
    figures.add("insert.missed", missed, "documents");
    figures.add("insert.100", Figures.percentile(hundreds(), 0.5) / 1e6, "ms");
    figures.add("delete", Figures.percentile(deletes(first), 0.5) / 1e3, "us");
    streamed();
  }

  private List<DocumentVectors> documents(int count) {
    List<DocumentVectors> documents = new ArrayList<>(count);
    for (float[] vector : data.vectors(nextId, count)) {
      documents.add(Loaded.document(nextId++, vector));
    }
    return documents;
  }

  private long[] single(int count) {
    List<DocumentVectors> documents = documents(count);
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      index.apply(documents.subList(i, i + 1), List.of());
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private long[] hundreds() {
    long[] nanos = new long[HUNDREDS];
    for (int i = 0; i < HUNDREDS; i++) {
      List<DocumentVectors> documents = documents(100);
      long start = System.nanoTime();
      index.apply(documents, List.of());
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private long[] deletes(long first) {
    long[] nanos = new long[SINGLES];
    for (int i = 0; i < SINGLES; i++) {
      long start = System.nanoTime();
      index.apply(List.of(), List.of(first + i));
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  /** One thread inserts, 20,000 a second and then as fast as it can, while another searches. */
  private void streamed() throws InterruptedException {
    float[][] queries = data.vectors(2_000_000_000, 200);
    double idle = Figures.percentile(searches(queries, new AtomicBoolean(), IDLE_SEARCHES), 0.99);
    Beside paced = beside(queries, documents(STREAMED), SLICE_NANOS);
    figures.add("insert.paced", paced.perSecond(), "/s");
    figures.add("search.p99.inserting", paced.p99() / idle, "times");
    Beside fastest = beside(queries, documents(STREAMED), 0);
    figures.add("insert.rate", fastest.perSecond(), "/s");
    figures.add("search.p99.flooded", fastest.p99() / idle, "times");
  }

  /** Inserts a second, and the time of the searches beside them in nanoseconds. */
  private record Beside(double perSecond, double p99) {}

  private Beside beside(float[][] queries, List<DocumentVectors> documents, long sliceNanos)
      throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    double[] p99 = new double[1];
    Thread searching =
        Thread.ofPlatform()
            .start(
                () ->
                    p99[0] =
                        Figures.percentile(searches(queries, stopped, Integer.MAX_VALUE), 0.99));
    long start = System.nanoTime();
    for (int i = 0; i < documents.size(); i++) {
      if (i % STREAMED_PER_SLICE == 0) {
        LockSupport.parkNanos(start + i / STREAMED_PER_SLICE * sliceNanos - System.nanoTime());
      }
      index.apply(documents.subList(i, i + 1), List.of());
    }
    double perSecond = documents.size() / Figures.seconds(start);
    stopped.set(true);
    searching.join();
    return new Beside(perSecond, p99[0]);
  }

  private long[] searches(float[][] queries, AtomicBoolean stopped, int count) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < count && !stopped.get(); i++) {
      List<float[]> query = List.of(queries[i % queries.length]);
      long start = System.nanoTime();
      var unused = index.search(query, 10, Filter.NONE, Effort.CERTAIN);
      nanos.add(System.nanoTime() - start);
    }
    return nanos.stream().mapToLong(nano -> nano).toArray();
  }
}
