package relata.graph.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import relata.graph.edges.IndexSimilarities;
import relata.graph.engine.SketchIndex;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.ListMaintenance;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.ParallelMatching;

/** The lists that follow from changed documents: how long they take, and whether they are right. */
final class ChangedEdges {
  private static final int MAX_NEIGHBORS = 10;
  private static final int BATCH = 64;
  private static final int CHANGES = 100;
  private static final int RANDOM_CHANGES = 20_000;

  private final SketchIndex index;
  private final SyntheticVectors data;
  private final double threshold;
  private final Figures figures;
  private final Random random = new Random(11);
  private final MemoryLists lists = new MemoryLists(MAX_NEIGHBORS);
  private final ListMaintenance maintenance;

  /** What the index has; who is drawn by chance is drawn from the ids. */
  private final Map<Long, float[]> present = new HashMap<>();

  private final List<Long> ids = new ArrayList<>();

  ChangedEdges(
      SketchIndex index,
      float[][] vectors,
      SyntheticVectors data,
      double threshold,
      ParallelMatching matching,
      Figures figures) {
    this.index = index;
    this.data = data;
    this.threshold = threshold;
    this.figures = figures;
    maintenance =
        new ListMaintenance(
            MAX_NEIGHBORS, new IndexSimilarities(index, matching, threshold, id -> true), lists);
    for (int id = 0; id < vectors.length; id++) {
      present.put((long) id, vectors[id]);
      ids.add((long) id);
    }
  }

  void measure() {
    for (int from = 0; from < ids.size(); from += EdgesRun.AT_A_TIME) {
      int to = Math.min(from + EdgesRun.AT_A_TIME, ids.size());
      lists.write(maintenance.changes(new HashSet<>(ids.subList(from, to))));
    }
    long[] single = new long[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      single[i] = change(1);
    }
    figures.add("change", Figures.percentile(single, 0.5) / 1e6, "ms");
    long[] batches = new long[CHANGES / 5];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = change(BATCH);
    }
    figures.add("change.batch", Figures.percentile(batches, 0.5) / 1e6 / BATCH, "ms");
    for (int done = 0; done < RANDOM_CHANGES; done += BATCH) {
      changeAnyhow();
    }
    figures.add("edges.after.changes.wrong", wrong(), "entries");
  }

  private float[] fresh() {
    return data.vector(3_000_000_000L + random.nextInt(1 << 30));
  }

  /** Some documents get other vectors, and everybody concerned another list. */
  private long change(int count) {
    Map<Long, float[]> changed = new HashMap<>();
    while (changed.size() < count) {
      changed.put(ids.get(random.nextInt(ids.size())), fresh());
    }
    return apply(changed, Set.of());
  }

  /** Some documents come, some change, and some go. */
  private void changeAnyhow() {
    Map<Long, float[]> put = new HashMap<>();
    Set<Long> gone = new HashSet<>();
    while (put.size() + gone.size() < BATCH) {
      int at = random.nextInt(ids.size());
      switch (random.nextInt(3)) {
        case 0 -> {
          long id = 1_000_000_000L + random.nextInt(1 << 30);
          if (put.put(id, fresh()) == null && !present.containsKey(id)) {
            ids.add(id);
          }
        }
        case 1 -> {
          if (!gone.contains(ids.get(at))) {
            put.put(ids.get(at), fresh());
          }
        }
        default -> {
          if (!put.containsKey(ids.get(at))) {
            gone.add(ids.get(at));
            ids.set(at, ids.getLast());
            ids.removeLast();
          }
        }
      }
    }
    apply(put, gone);
  }

  private long apply(Map<Long, float[]> put, Set<Long> gone) {
    present.putAll(put);
    present.keySet().removeAll(gone);
    List<DocumentVectors> documents = new ArrayList<>();
    put.forEach((id, vector) -> documents.add(Loaded.document(id, vector)));
    Set<Long> changed = new HashSet<>(put.keySet());
    changed.addAll(gone);
    long start = System.nanoTime();
    index.apply(documents, gone);
    Map<Long, ListChange> changes = maintenance.changes(changed);
    long nanos = System.nanoTime() - start;
    lists.write(changes);
    return nanos;
  }

  private long wrong() {
    long[] all = ids.stream().mapToLong(id -> id).toArray();
    float[][] vectors = LongStream.of(all).mapToObj(present::get).toArray(float[][]::new);
    return new ExactNeighbors(all, vectors, threshold)
        .wrong(MAX_NEIGHBORS, id -> lists.list(id).neighbors());
  }
}
