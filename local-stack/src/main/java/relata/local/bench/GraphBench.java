package relata.local.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import relata.local.opensearch.OpenSearchCluster;
import relata.local.process.DirectoryTree;
import relata.local.stack.ProjectLayout;
import relata.local.stack.StackOptions;

/**
 * Measures graph-service and holds its figures to their bars: its vector engine in a process of the
 * packaged service, which prints {@code figure NAME VALUE UNIT} and {@code remark TEXT}; and what
 * it does in a whole stack, with a model server that is none.
 */
public final class GraphBench {
  private static final String MAIN = "relata.graph.bench.GraphBench";
  private static final int LEAST_HEAP_MEBIBYTES = 2_000;

  private static final int RESIDENT_HEAP_MEBIBYTES = 640;

  /** Raw vectors, a copy on its way into an index, and Lucene's. */
  private static final int HEAP_COPIES = 4;

  private static final Map<String, Bar> BARS =
      Map.ofEntries(
          Map.entry("build", new Bar.AtMost(3)),
          Map.entry("snapshot", new Bar.AtMost(1)),
          Map.entry("memory.heap", new Bar.AtMost(30)),
          Map.entry("search.recall", new Bar.AtLeast(0.99)),
          Map.entry("search.p50.lucene", new Bar.AtMost(1)),
          Map.entry("search.rate.lucene", new Bar.AtLeast(2)),
          Map.entry("filter.recall", new Bar.AtLeast(0.99)),
          Map.entry("filter.p50", new Bar.AtMost(0.5)),
          Map.entry("filter.p50.lucene", new Bar.AtMost(1)),
          Map.entry("filter.certain.recall", new Bar.AtLeast(1)),
          Map.entry("tune.recall.lower", new Bar.AtLeast(0.95)),
          Map.entry("search.p50.lance", new Bar.AtMost(0.125)),
          Map.entry("edges", new Bar.AtMost(6)),
          Map.entry("edges.wrong", new Bar.AtMost(0)),
          Map.entry("edges.linked.wrong", new Bar.AtMost(0)),
          Map.entry("edges.after.changes.wrong", new Bar.AtMost(0)),
          Map.entry("resident", new Bar.AtMost(30)),
          Map.entry("resident.process", new Bar.AtMost(1_024)),
          Map.entry("resident.recall", new Bar.AtLeast(0.99)),
          Map.entry("change", new Bar.AtMost(3)),
          Map.entry("change.batch", new Bar.AtMost(0.5)),
          Map.entry("opensearch.change.wrong", new Bar.AtMost(0)),
          Map.entry("insert", new Bar.AtMost(50)),
          Map.entry("insert.missed", new Bar.AtMost(0)),
          Map.entry("insert.100", new Bar.AtMost(3)),
          Map.entry("insert.rate", new Bar.AtLeast(20_000)),
          Map.entry("delete", new Bar.AtMost(10)),
          Map.entry("search.p99.inserting", new Bar.AtMost(2)));

  private final GraphOptions options;
  private final BenchReport report;
  private final Consumer<String> messages;
  private double edgesSeconds;

  /** What can be measured. */
  public enum Part {
    BUILD,
    SEARCH,
    /** What tuning makes of searches that are certain. */
    TUNE,
    EDGES,
    CHANGES,
    /** What is computed on a whole graph. */
    NETWORK,
    /** Memory that the system cannot take back, of a process that has little of it. */
    RESIDENT,
    /** A collection that is kept in a cluster of OpenSearch. */
    OPENSEARCH,
    /** Rate from the first write until every document is linked and found. */
    PIPELINE,
    /** From a single write until it is linked and found. */
    LINKED,
    /** Searches over HTTP, alone and while documents arrive. */
    HTTP,
    /** A killed graph-service until it answers again. */
    RESTART;

    /** What needs a stack; the others are the engine's alone. */
    boolean isOfStack() {
      return switch (this) {
        case BUILD, SEARCH, TUNE, EDGES, CHANGES, NETWORK, RESIDENT, OPENSEARCH -> false;
        case PIPELINE, LINKED, HTTP, RESTART -> true;
      };
    }
  }

  /**
   * @param out gets the figures
   * @param messages gets what is being done
   */
  public GraphBench(GraphOptions options, PrintWriter out, Consumer<String> messages) {
    this.options = options;
    this.report = new BenchReport(out);
    this.messages = messages;
  }

  /** Measures; true if every bar was passed. */
  public boolean run() throws Exception {
    Machine.describe().forEach(report::remark);
    Set<Part> ofEngine = options.parts(false);
    if (ofEngine.remove(Part.RESIDENT)) {
      engine(resident(), Map.of());
    }
    if (ofEngine.remove(Part.OPENSEARCH)) {
      openSearch();
    }
    if (!ofEngine.isEmpty()) {
      engine(command(ofEngine, isBesideAll() ? ProjectLayout.find().peers() : ""), Map.of());
      product();
    }
    if (!options.parts(true).isEmpty()) {
      stack();
    }
    return report.isPassed();
  }

  private void stack() throws Exception {
    StackOptions folder =
        StackOptions.in(DirectoryTree.temporary("relata-bench-")).withTemporaryData();
    try (BenchStack stack = BenchStack.startWhole(folder, options.dimension(), messages)) {
      LinkedCollection loaded = LinkRun.measure(stack, options.vectors(), report);
      if (options.wants(Part.LINKED)) {
        LinkedRun.measure(loaded, options.watched(), report);
      }
      if (options.wants(Part.HTTP)) {
        HttpRun.measure(loaded, options.watched(), report);
      }
      if (options.wants(Part.RESTART)) {
        RestartRun.measure(loaded, report);
      }
    }
  }

  private void openSearch() throws IOException, InterruptedException {
    messages.accept("Starting two nodes of OpenSearch.");
    try (OpenSearchCluster cluster = OpenSearchCluster.start()) {
      List<String> command = command(Set.of(Part.OPENSEARCH), "");
      // What reads the configuration logs as the service does.
      command.add(1, "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
      engine(command, Map.of("RELATA_OPENSEARCH_URL", cluster.urls()));
    }
  }

  private void engine(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
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
  }

  private void product() throws InterruptedException {
    ProductRun product = new ProductRun(options.vectors(), options.dimension(), report);
    if (options.wants(Part.EDGES) && isBesideAll()) {
      product.besideOpenBlas(edgesSeconds);
    } else if (options.wants(Part.EDGES)) {
      product.alone();
    }
  }

  private boolean isBesideAll() {
    return options.peers() == GraphOptions.Peers.ALL;
  }

  /** All that it may take together is less than a gibibyte. */
  private List<String> resident() {
    List<String> command =
        ProjectLayout.find()
            .program(relata.local.stack.Part.GRAPH, RESIDENT_HEAP_MEBIBYTES, "", MAIN);
    command.addAll(
        1,
        List.of(
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            // What is no longer used is given back, so that what is left is what there is.
            "-XX:-ShrinkHeapInSteps",
            "-XX:TrimNativeHeapInterval=500",
            // Young objects take as much with few vectors as with many.
            "-Xmn64m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10"));
    command.addAll(arguments(Set.of(Part.RESIDENT)));
    return command;
  }

  /**
   * @param ahead class path of what it is compared with, or empty
   */
  private List<String> command(Set<Part> parts, String ahead) {
    long rawMebibytes = ((long) options.vectors() * options.dimension() * Float.BYTES) >> 20;
    List<String> command =
        ProjectLayout.find()
            .program(
                relata.local.stack.Part.GRAPH,
                (int) (LEAST_HEAP_MEBIBYTES + HEAP_COPIES * rawMebibytes),
                ahead,
                MAIN);
    if (!ahead.isEmpty()) {
      // Arrow reads the addresses of buffers.
      command.add(1, "--add-opens=java.base/java.nio=ALL-UNNAMED");
    }
    command.addAll(arguments(parts));
    return command;
  }

  private List<String> arguments(Set<Part> parts) {
    return List.of(
        Integer.toString(options.vectors()),
        Integer.toString(options.dimension()),
        parts.stream()
            .map(part -> part.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(",")),
        options.peers() == GraphOptions.Peers.NONE ? "alone" : "peer");
  }

  private void tell(String line) {
    if (line.startsWith("remark ")) {
      report.remark(line.substring("remark ".length()));
    } else if (line.startsWith("figure ")) {
      String[] words = line.split(" ", -1);
      double value = Double.parseDouble(words[2]);
      if (words[1].equals("edges")) {
        edgesSeconds = value;
      }
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
