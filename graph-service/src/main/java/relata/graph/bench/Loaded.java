package relata.graph.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.DocumentVectors;

/** An index with all vectors in it, each of them a document of its own with its place as its id. */
final class Loaded implements AutoCloseable {
  private static final int AT_A_TIME = 1_000;
  private static final double MEBIBYTE = 1 << 20;

  private final ExecutorService upkeep =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("index-upkeep").factory());

  final SketchIndex index = new SketchIndex(Optional.empty(), upkeep);

  static DocumentVectors document(long id, float[] vector) {
    return new DocumentVectors(id, vector.length, new int[] {0}, vector);
  }

  /** Until nothing is left to be done in the background. */
  void fill(float[][] vectors) {
    List<DocumentVectors> some = new ArrayList<>(AT_A_TIME);
    for (int id = 0; id < vectors.length; id++) {
      some.add(document(id, vectors[id]));
      if (some.size() == AT_A_TIME || id == vectors.length - 1) {
        index.apply(some, List.of());
        some.clear();
      }
    }
    settle();
  }

  void settle() {
    try {
      upkeep.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("the index could not be kept up", failed);
    }
  }

  static void measure(float[][] vectors, Figures figures) {
    // Twice without being counted: the first time the code is interpreted.
    for (int i = 0; i < 2; i++) {
      try (Loaded warm = new Loaded()) {
        warm.fill(Arrays.copyOf(vectors, Math.min(vectors.length, 20_000)));
      }
    }
    double before = heap();
    long start = System.nanoTime();
    try (Loaded loaded = new Loaded()) {
      loaded.fill(vectors);
      figures.add("build", Figures.seconds(start), "s");
      double per = 100_000.0 / vectors.length;
      figures.add("memory.heap", (heap() - before) * per, "MiB/100k");
      figures.add("memory.accounted", loaded.index.size().heapBytes() / MEBIBYTE * per, "MiB/100k");
      figures.add("memory.vectors", loaded.index.size().vectorBytes() / MEBIBYTE * per, "MiB/100k");
    }
  }

  private static double heap() {
    // The second lets go of what was held until the first one's clean-ups were done.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  @Override
  public void close() {
    upkeep.shutdown();
  }
}
