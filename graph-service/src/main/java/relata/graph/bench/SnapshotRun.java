package relata.graph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import relata.graph.engine.SketchIndex;
import relata.graph.snapshot.Draft;
import relata.graph.snapshot.Snapshot;
import relata.graph.snapshot.SnapshotOrigin;
import relata.graph.snapshot.Snapshots;
import relata.graph.vector.VectorIndex;

/**
 * An index that was saved, until it answers: its files are checked byte for byte, read, and asked
 * once. As a start does it, in a process whose code is compiled; the words and what was written
 * since are not here.
 */
final class SnapshotRun {
  private static final int ROUNDS = 5;
  private static final int LIMIT = 10;
  private static final SnapshotOrigin ORIGIN = new SnapshotOrigin(1, 1, "00000001", 1, 0, 1);

  private final SketchIndex index;
  private final float[] query;
  private final Figures figures;

  SnapshotRun(SketchIndex index, SyntheticVectors data, Figures figures) {
    this.index = index;
    query = data.vectors(1_500_000_000, 1)[0];
    this.figures = figures;
  }

  void measure() throws IOException {
    Path folder = Files.createTempDirectory("relata-bench-");
    Snapshots snapshots = new Snapshots(Optional.of(folder), Long.MAX_VALUE);
    try {
      List<VectorIndex.Hit> right = index.nearest(query, LIMIT);
      long start = System.nanoTime();
      save(snapshots);
      figures.add("snapshot.written", Figures.seconds(start), "s");
      double[] answered = new double[ROUNDS];
      double[] settled = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        Opened opened = opened(snapshots, right);
        answered[i] = opened.answered();
        settled[i] = opened.settled();
      }
      figures.add("snapshot", Figures.median(answered), "s");
      figures.add("snapshot.settled", Figures.median(settled), "s");
    } finally {
      snapshots.delete(ORIGIN.generationId());
      snapshots.close();
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);
    }
  }

  private void save(Snapshots snapshots) throws IOException {
    try (Draft draft = snapshots.begin(ORIGIN.generationId(), index.size().vectorBytes());
        VectorIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(draft.folder());
      draft.publish(ORIGIN, index.documentCount(), index.chunkCount());
    }
  }

  /**
   * Seconds.
   *
   * @param answered until a search was
   * @param settled until nothing was left to be done in the background
   */
  private record Opened(double answered, double settled) {}

  private Opened opened(Snapshots snapshots, List<VectorIndex.Hit> right) throws IOException {
    long start = System.nanoTime();
    Snapshot snapshot = snapshots.find(ORIGIN).orElseThrow();
    try (ExecutorService upkeep = Executors.newSingleThreadExecutor()) {
      SketchIndex opened = SketchIndex.open(snapshot.folder(), Optional.empty(), upkeep);
      List<VectorIndex.Hit> found = opened.nearest(query, LIMIT);
      double answered = Figures.seconds(start);
      if (!found.equals(right)) {
        throw new IllegalStateException(
            "an index that was saved finds " + found + ", not " + right);
      }
      upkeep.submit(() -> {}).get();
      return new Opened(answered, Figures.seconds(start));
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("the index could not be kept up", failed);
    }
  }
}
