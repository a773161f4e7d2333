package relata.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.local.stack.Part;
import relata.local.stack.ProjectLayout;

/**
 * How fast the engine multiplies whole vectors, and how fast OpenBLAS does, in turns: what else
 * runs on the machine meets both. Of each the best counts, of OpenBLAS over its kernels, because
 * the one that it takes by itself is not always the fastest. Its rate also says how long it alone
 * would take to multiply all pairs of vectors, once each: what comparing them one by one costs at
 * least.
 */
final class ProductRun {
  private static final String OURS = "relata.graph.engine.ProductRate";
  private static final String OPENBLAS = "relata.peers.ProductRate";
  private static final String SECONDS = "4";
  private static final int HEAP_MEBIBYTES = 512;

  /** The empty one is its own choice; one that the processor cannot run ends at once. */
  private static final List<String> KERNELS =
      List.of("", "HASWELL", "ZEN", "SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

  private static final Bar EDGES = new Bar.AtMost(1.25);
  private static final Bar PRODUCT = new Bar.AtLeast(0.8);

  private final int vectors;
  private final int dimension;
  private final BenchReport report;

  ProductRun(int vectors, int dimension, BenchReport report) {
    this.vectors = vectors;
    this.dimension = dimension;
    this.report = report;
  }

  void alone() throws InterruptedException {
    tell(ours());
  }

  /**
   * @param edgesSeconds what finding all edges took
   */
  void besideOpenBlas(double edgesSeconds) throws InterruptedException {
    double ours = 0;
    double theirs = 0;
    String best = "";
    for (String kernel : KERNELS) {
      ours = Math.max(ours, ours());
      double rate = openBlas(kernel);
      if (rate > theirs) {
        theirs = rate;
        best = kernel;
      }
    }
    tell(ours);
    if (theirs == 0) {
      report.missing("openblas.rate", "no kernel ran");
      return;
    }
    report.remark("OpenBLAS with kernel " + (best.isEmpty() ? "of its choice" : best));
    report.figure("openblas.rate", theirs, "GFLOP/s");
    double seconds = (double) vectors * vectors * dimension / (theirs * 1e9);
    report.figure("openblas.edges", seconds, "s");
    if (edgesSeconds == 0) {
      report.missing("edges.openblas", "finding all edges was not measured");
    } else {
      report.figure("edges.openblas", edgesSeconds / seconds, "times", EDGES);
    }
    report.figure("product.openblas", ours / theirs, "times", PRODUCT);
  }

  private void tell(double ours) {
    if (ours == 0) {
      report.missing("product.rate", "its process failed");
    } else {
      report.figure("product.rate", ours, "GFLOP/s");
    }
  }

  private double ours() throws InterruptedException {
    List<String> command = ProjectLayout.find().program(Part.GRAPH, HEAP_MEBIBYTES, "", OURS);
    return rate(command, Map.of());
  }

  private double openBlas(String kernel) throws InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ProjectLayout.find().peers(),
            OPENBLAS);
    return rate(command, kernel.isEmpty() ? Map.of() : Map.of("OPENBLAS_CORETYPE", kernel));
  }

  /** What the program prints as {@code figure NAME VALUE GFLOP/s}; 0 if it fails. */
  private double rate(List<String> program, Map<String, String> environment)
      throws InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(Integer.toString(dimension), SECONDS));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Double.parseDouble(printed.split(" ", -1)[2]) : 0;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
