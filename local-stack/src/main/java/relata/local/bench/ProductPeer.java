package relata.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import relata.local.stack.ProjectLayout;

/**
 * How fast OpenBLAS multiplies matrices, and how long it alone would take to multiply all pairs of
 * vectors, once each: what comparing them one by one costs at least. Its rate is that of the
 * fastest of its kernels here, because the one that it takes by itself is not always.
 */
final class ProductPeer {
  private static final String MAIN = "relata.peers.ProductRate";
  private static final String SECONDS = "4";

  /** The empty one is its own choice; one that the processor cannot run ends at once. */
  private static final List<String> KERNELS =
      List.of("", "HASWELL", "ZEN", "SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

  private static final Bar EDGES = new Bar.AtMost(1.25);
  private static final Bar PRODUCT = new Bar.AtLeast(0.8);

  private final int vectors;
  private final int dimension;
  private final BenchReport report;

  ProductPeer(int vectors, int dimension, BenchReport report) {
    this.vectors = vectors;
    this.dimension = dimension;
    this.report = report;
  }

  /**
   * @param edgesSeconds what finding all edges took
   * @param productRate how fast the engine multiplies, in GFLOP/s
   */
  void measure(double edgesSeconds, double productRate) throws InterruptedException {
    if (edgesSeconds == 0) {
      report.missing("edges.openblas", "finding all edges was not");
      return;
    }
    String best = "";
    double rate = 0;
    for (String kernel : KERNELS) {
      double measured = rate(kernel).orElse(0);
      if (measured > rate) {
        rate = measured;
        best = kernel;
      }
    }
    if (rate == 0) {
      report.missing("openblas.rate", "no kernel ran");
      return;
    }
    report.remark("OpenBLAS with kernel " + (best.isEmpty() ? "of its choice" : best));
    report.figure("openblas.rate", rate, "GFLOP/s");
    double seconds = (double) vectors * vectors * dimension / (rate * 1e9);
    report.figure("openblas.edges", seconds, "s");
    report.figure("edges.openblas", edgesSeconds / seconds, "times", EDGES);
    report.figure("product.openblas", productRate / rate, "times", PRODUCT);
  }

  private OptionalDouble rate(String kernel) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ProjectLayout.find().peers(),
            MAIN,
            Integer.toString(dimension),
            SECONDS);
    if (!kernel.isEmpty()) {
      builder.environment().put("OPENBLAS_CORETYPE", kernel);
    }
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0
          ? OptionalDouble.of(Double.parseDouble(printed.split(" ", -1)[2]))
          : OptionalDouble.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
