package relata.graph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import relata.graph.engine.Filter;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Effort;

/** Inserts and deletes, alone and beside searches. */
final class ChangeRun {
  private static final int SINGLES = 500;
  private static final int HUNDREDS = 30;
  private static final int STREAMED = 20_000;
  private static final int WARM_UP = 200;

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

  /** One thread inserts as fast as it can while another searches. */
  private void streamed() throws InterruptedException {
    float[][] queries = data.vectors(2_000_000_000, 200);
    List<DocumentVectors> documents = documents(STREAMED);
    double idle = Figures.percentile(searches(queries, new AtomicBoolean(), 1_000), 0.99);
    AtomicBoolean stopped = new AtomicBoolean();
    double[] busy = new double[1];
    Thread searching =
        Thread.ofPlatform()
            .start(
                () ->
                    busy[0] =
                        Figures.percentile(searches(queries, stopped, Integer.MAX_VALUE), 0.99));
    long start = System.nanoTime();
    for (int i = 0; i < STREAMED; i++) {
      index.apply(documents.subList(i, i + 1), List.of());
    }
    figures.add("insert.rate", STREAMED / Figures.seconds(start), "/s");
    stopped.set(true);
    searching.join();
    figures.add("search.p99.inserting", busy[0] / idle, "times");
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
