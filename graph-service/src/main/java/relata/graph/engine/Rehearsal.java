package relata.graph.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Lets the JVM compile the loops that a search spends its time in before anybody searches. Until it
 * has, each vector of a loop is an object: the first search of 50,000 rows took half a second for
 * it, as long as it takes to load them.
 */
public final class Rehearsal {
  private static final int WIDTH = 128;

  /** The JVM compiles a loop with all its means after some tens of thousands of rounds. */
  private static final int TIMES = 2_000;

  private final Kernels kernels = Kernels.best();
  private final float[] weights = new float[4 * WIDTH];
  private final float[] vector = new float[WIDTH];
  private final float[] sums = new float[4 * Kernels.TILE];
  private final float[] factors = new float[Kernels.TILE];
  private final byte[] heads = new byte[WIDTH * Kernels.TILE];
  private final long[] bits = new long[2 * Kernels.WORDS];
  private final long[] planes = new long[8 * Kernels.WORDS];

  /** Of no meaning, but that what is computed is used. */
  @SuppressWarnings("UnusedVariable")
  private double used;

  private Rehearsal() {}

  /** Takes about a second of a processor in a process that has compiled nothing. */
  public static void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((long) WIDTH * Float.BYTES, Float.BYTES);
      Rehearsal rehearsal = new Rehearsal();
      for (int time = 0; time < TIMES; time++) {
        rehearsal.search(memory);
      }
    }
  }

  private void search(MemorySegment memory) {
    // What the vector of a query is turned into.
    kernels.fourDots(weights, 0, WIDTH, vector, sums, 0);
    kernels.subtractFour(vector, sums, 0, weights, 0, WIDTH);
    kernels.butterflies(vector, 0, WIDTH, WIDTH / 2);
    used += kernels.dot(weights, 0, vector, 0, WIDTH);
    // Rows, by their principal parts, then by the signs of their rests, then themselves.
    kernels.product(weights, 0, WIDTH, heads, 0, sums, 0);
    used += kernels.reaching(sums, 0, factors, factors, 0, 1, 1);
    used += kernels.common(bits, 0, Kernels.WORDS, planes);
    used += kernels.dot(vector, memory, 0);
  }
}
