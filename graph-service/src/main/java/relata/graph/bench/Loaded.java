package relata.graph.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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
  private static final int COLLECTIONS = 4;

  /** In the first the system has to find the memory, and the JVM still compiles. */
  private static final int BUILDS = 3;

  private final ExecutorService upkeep =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("index-upkeep").factory());

  final SketchIndex index;

  Loaded() {
    this(Optional.empty());
  }

  /**
   * @param folder where the vectors are mapped from; none for the process's own memory
   */
  Loaded(Optional<Path> folder) {
    index = new SketchIndex(folder, upkeep);
  }

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

  /** Of what is the same each time the last one counts, of times the middle one. */
  static void measure(float[][] vectors, Figures figures) {
    warmUp(vectors);
    double[] seconds = new double[BUILDS];
    for (int build = 0; build < BUILDS; build++) {
      double before = heap();
      long start = System.nanoTime();
      try (Loaded loaded = new Loaded()) {
        loaded.fill(vectors);
        seconds[build] = Figures.seconds(start);
        if (build == BUILDS - 1) {
          figures.add("build", Figures.median(seconds), "s");
          loaded.memory(heap() - before, 100_000.0 / vectors.length, figures);
        }
      }
    }
  }

  private void memory(double heap, double per, Figures figures) {
    figures.add("memory.heap", heap * per, "MiB/100k");
    figures.add("memory.accounted", index.size().heapBytes() / MEBIBYTE * per, "MiB/100k");
    figures.add("memory.vectors", index.size().vectorBytes() / MEBIBYTE * per, "MiB/100k");
  }

  /** The first time the code is interpreted. */
  private static void warmUp(float[][] vectors) {
    float[][] some = Arrays.copyOf(vectors, Math.min(vectors.length, 20_000));
    for (int i = 0; i < 2; i++) {
      try (Loaded warm = new Loaded()) {
        warm.fill(some);
      }
    }
  }

  private static double heap() {
    // The serial collector leaves some of what is dead where it is, but every fourth time.
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  @Override
  public void close() {
    // Waits for its thread, which would keep what it worked on in memory.
    upkeep.close();
  }
}
