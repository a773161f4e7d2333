package relata.graph.index;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import relata.graph.tune.Queries;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;

/**
 * Asks an index what users asked it. Times are those of the thread on the processor, so that
 * whatever else runs on the machine does not count; they are had on platform threads alone.
 */
final class IndexQueries implements Queries {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final VectorIndex index;
  private final Gate gate;
  private final List<SampledQuery> queries;

  private IndexQueries(VectorIndex index, Gate gate, List<SampledQuery> queries) {
    this.index = index;
    this.gate = gate;
    this.queries = queries;
  }

  /**
   * Some of a sample. Those that find nothing are left out: a vector of another dimension, or of
   * zeros, has no right answers to miss.
   *
   * @param seed which ones follows from it
   */
  static IndexQueries of(
      VectorIndex index, Gate gate, List<SampledQuery> sample, int max, long seed) {
    List<SampledQuery> shuffled = new ArrayList<>(sample);
    Collections.shuffle(shuffled, new Random(seed));
    List<SampledQuery> chosen = new ArrayList<>();
    for (SampledQuery query : shuffled) {
      gate.pass();
      if (chosen.size() < max && !index.nearest(query.vector(), 1).isEmpty()) {
        chosen.add(query);
      }
    }
    return new IndexQueries(index, gate, chosen);
  }

  @Override
  public int size() {
    return queries.size();
  }

  /** What no more than a tenth of the queries want more documents than. */
  int maxDocuments() {
    int[] sorted = queries.stream().mapToInt(SampledQuery::maxDocuments).sorted().toArray();
    return sorted.length == 0 ? 1 : sorted[(int) (0.9 * (sorted.length - 1))];
  }

  @Override
  public Answer ask(int query, Effort effort) {
    gate.pass();
    SampledQuery asked = queries.get(query);
    long began = THREADS.getCurrentThreadCpuTime();
    List<VectorIndex.Hit> hits = index.nearest(asked.vector(), asked.maxDocuments(), effort);
    long nanos = THREADS.getCurrentThreadCpuTime() - began;
    return new Answer(nanos, hits.stream().mapToDouble(VectorIndex.Hit::similarity).toArray());
  }
}
