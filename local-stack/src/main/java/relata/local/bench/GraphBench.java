package relata.local.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import relata.local.stack.ProjectLayout;

/**
 * Measures graph-service's vector engine in a process of the packaged service, which prints {@code
 * figure NAME VALUE UNIT} and {@code remark TEXT}, and holds the figures to their bars.
 */
public final class GraphBench {
  public static final int DEFAULT_VECTORS = 100_000;
  public static final int DEFAULT_DIMENSION = 768;

  private static final int LEAST_VECTORS = 5_000;
  private static final String MAIN = "relata.graph.bench.GraphBench";
  private static final int LEAST_HEAP_MEBIBYTES = 2_000;

  /** Raw vectors, a copy on its way into an index, and Lucene's. */
  private static final int HEAP_COPIES = 4;

  private static final Map<String, Bar> BARS =
      Map.ofEntries(
          Map.entry("build", new Bar.AtMost(3)),
          Map.entry("memory.heap", new Bar.AtMost(30)),
          Map.entry("search.recall", new Bar.AtLeast(0.99)),
          Map.entry("search.p50.lucene", new Bar.AtMost(1)),
          Map.entry("search.rate.lucene", new Bar.AtLeast(2)),
          Map.entry("filter.recall", new Bar.AtLeast(0.99)),
          Map.entry("filter.p50", new Bar.AtMost(0.5)),
          Map.entry("edges", new Bar.AtMost(6)),
          Map.entry("edges.wrong", new Bar.AtMost(0)),
          Map.entry("change", new Bar.AtMost(3)),
          Map.entry("change.batch", new Bar.AtMost(0.5)),
          Map.entry("insert", new Bar.AtMost(50)),
          Map.entry("insert.missed", new Bar.AtMost(0)),
          Map.entry("insert.100", new Bar.AtMost(3)),
          Map.entry("insert.rate", new Bar.AtLeast(20_000)),
          Map.entry("delete", new Bar.AtMost(10)),
          Map.entry("search.p99.inserting", new Bar.AtMost(2)));

  private final int vectors;
  private final int dimension;
  private final Set<Part> parts;
  private final boolean withPeer;
  private final BenchReport report;

  /** What can be measured. */
  public enum Part {
    BUILD,
    SEARCH,
    EDGES,
    CHANGES
  }

  /**
   * @param parts none for all
   * @param out gets the figures
   * @throws IllegalArgumentException if there are too few vectors or dimensions
   */
  public GraphBench(
      int vectors, int dimension, Set<Part> parts, boolean withPeer, PrintWriter out) {
    if (vectors < LEAST_VECTORS || dimension < 1) {
      throw new IllegalArgumentException(
          "There must be at least %d vectors of at least 1 dimension.".formatted(LEAST_VECTORS));
    }
    this.vectors = vectors;
    this.dimension = dimension;
    this.parts = Set.copyOf(parts.isEmpty() ? EnumSet.allOf(Part.class) : parts);
    this.withPeer = withPeer;
    report = new BenchReport(out);
  }

  /** Measures; true if every bar was passed. */
  public boolean run() throws IOException, InterruptedException {
    Machine.describe().forEach(report::remark);
    Process process =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tell(line);
      }
    } finally {
      process.destroy();
    }
    int code = process.waitFor();
    if (code != 0) {
      report.missing("what follows", "the process ended with code " + code);
    }
    return report.isPassed();
  }

  private List<String> command() {
    long rawMebibytes = ((long) vectors * dimension * Float.BYTES) >> 20;
    List<String> command =
        ProjectLayout.find()
            .program(
                relata.local.stack.Part.GRAPH,
                (int) (LEAST_HEAP_MEBIBYTES + HEAP_COPIES * rawMebibytes),
                MAIN);
    command.addAll(
        List.of(
            Integer.toString(vectors),
            Integer.toString(dimension),
            parts.stream()
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")),
            withPeer ? "peer" : "alone"));
    return command;
  }

  private void tell(String line) {
    if (line.startsWith("remark ")) {
      report.remark(line.substring("remark ".length()));
    } else if (line.startsWith("figure ")) {
      String[] words = line.split(" ", -1);
      double value = Double.parseDouble(words[2]);
      Bar bar = BARS.get(words[1]);
      if (bar == null) {
        report.figure(words[1], value, words[3]);
      } else {
        report.figure(words[1], value, words[3], bar);
      }
    } else {
      report.remark(line);
    }
  }
}
