package relata.graph.bench;

import java.util.Random;
import java.util.function.IntConsumer;
import relata.graph.network.Communities;
import relata.graph.network.Components;
import relata.graph.network.Network;
import relata.graph.network.NetworkBuilder;
import relata.graph.network.ShortestPath;
import relata.graph.network.Statistics;
import relata.graph.network.Surroundings;

/**
 * What is computed on a whole graph in memory. Documents are in groups of {@link #GROUP}, one like
 * the next nine of its group and one of another; some have a copy.
 */
final class NetworkRun {
  private static final int NEIGHBORS = 10;
  private static final int GROUP = 50;
  private static final int COPY_EVERY = 40;
  private static final double COPY = 0.99;
  private static final double DUPLICATE = 0.95;
  private static final int LOOKS = 200;
  private static final int DEPTH = 2;
  private static final int AROUND = 100;
  private static final int ROUNDS = 3;
  private static final double MEBIBYTE = 1 << 20;
  private static final double MILLI = 1e6;

  private final int nodes;
  private final Figures figures;
  private final Random random = new Random(11);

  NetworkRun(int nodes, Figures figures) {
    this.nodes = nodes;
    this.figures = figures;
  }

  void measure() {
    // The first times the code is interpreted; told is the last.
    Network network = null;
    double build = 0;
    for (int round = 0; round < ROUNDS; round++) {
      NetworkBuilder builder = rows();
      long start = System.nanoTime();
      network = builder.build();
      build = Figures.seconds(start);
    }
    Network built = network;
    figures.remark(
        "network of %d documents and %d edges".formatted(built.nodeCount(), built.edgeCount()));
    figures.add("network.build", build, "s");
    figures.add("network.memory", built.sizeBytes() / MEBIBYTE, "MiB");
    whole("communities", "s", 1e9, () -> Communities.of(built, 1));
    whole("statistics", "ms", MILLI, () -> Statistics.of(built));
    whole("duplicates", "ms", MILLI, () -> Components.of(built, DUPLICATE));
    looks("path", node -> ShortestPath.between(built, node, random.nextInt(nodes)));
    looks("around", node -> Surroundings.of(built, node, DEPTH, -1, AROUND));
  }

  /** As they come from the database, in the order of documents. */
  private NetworkBuilder rows() {
    Random lists = new Random(5);
    NetworkBuilder builder = new NetworkBuilder();
    for (int node = 0; node < nodes; node++) {
      builder.node(id(node));
    }
    for (int node = 0; node < nodes; node++) {
      int first = node / GROUP * GROUP;
      for (int i = 1; i < NEIGHBORS; i++) {
        int other = Math.min(first + (node - first + i) % GROUP, nodes - 1);
        if (other != node) {
          boolean isCopy = i == 1 && node % COPY_EVERY == 0;
          builder.entry(id(node), id(other), isCopy ? COPY : 0.7 + lists.nextInt(2_000) / 1e4);
        }
      }
      int far = lists.nextInt(nodes);
      if (far / GROUP != node / GROUP) {
        builder.entry(id(node), id(far), 0.7);
      }
    }
    return builder;
  }

  private static long id(int node) {
    return 1_000L + 3L * node;
  }

  private interface Computation {
    Object run();
  }

  private void whole(String name, String unit, double nanosOfUnit, Computation computation) {
    double[] took = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      Object result = computation.run();
      took[round] = (System.nanoTime() - start) / nanosOfUnit;
      if (result == null) {
        throw new IllegalStateException("nothing was computed");
      }
    }
    figures.add("network." + name, Figures.median(took), unit);
  }

  private void looks(String name, IntConsumer look) {
    long[] nanos = new long[LOOKS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < LOOKS; i++) {
        int node = random.nextInt(nodes);
        long start = System.nanoTime();
        look.accept(node);
        nanos[i] = System.nanoTime() - start;
      }
    }
    figures.add("network." + name + ".p50", Figures.percentile(nanos, 0.5) / MILLI, "ms");
    figures.add("network." + name + ".p99", Figures.percentile(nanos, 0.99) / MILLI, "ms");
  }
}
