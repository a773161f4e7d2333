package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.bench.GraphBench;
import relata.local.bench.GraphOptions;

/** What graph-service does, in figures. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    header = "Measures neighbours and search: the vector engine, and a whole stack.",
    description = {
      "Runs graph-service's engine in a process of its own, on synthetic vectors in clusters from a "
          + "fixed seed, in turns with Lucene's HNSW, and prints one line a figure: name, value, "
          + "unit, bar, and pass or short. Lines with # tell the machine.",
      "With 100,000 vectors of 768 dimensions, for which the bars are meant, the engine takes about "
          + "five minutes on two cores, most of it for Lucene's index, and 3 GB of memory, and a stack "
          + "more than half an hour. Exit code 0 if every bar was passed, else 1.",
      "build: from raw vectors until they are searched at full speed; memory beside the vectors.",
      "search: the ten most similar, at a recall of 0.99 and with certainty, without a filter and "
          + "with one that keeps one in a hundred; rates on two threads.",
      "edges: all pairs above a threshold that gives the vectors of a sample 12 each, at once and "
          + "in batches; the lists of everybody concerned by a changed document, alone and in "
          + "batches of 64.",
      "changes: inserts and deletes, alone and beside searches.",
      "network: what is computed on a whole graph: communities, paths, near-duplicates.",
      "tune: a run of tuning: how long it takes, and what it leaves of cost and recall.",
      "resident: memory that the system cannot take back, in a process that has less than a "
          + "gibibyte and its vectors in mapped files: what vectors take of it, by the difference "
          + "between a third of them and all, and the whole process; 4 KB of disk a vector of 768 "
          + "dimensions.",
      "opensearch: a collection of at most 10,000 kept in two nodes of OpenSearch: writing, "
          + "searching, and the comparison of a changed document with all.",
      "The other parts start a stack of their own in a temporary folder, with a model server that "
          + "answers at once, and write N documents of two texts each first; with 100,000 that "
          + "takes several minutes and 4 GB of disk. What is being done goes to standard error.",
      "pipeline: documents a second from the first write to the last that is linked and found.",
      "linked: from a write until it is linked and found, at 50 writes a second.",
      "http: hybrid searches at 200 a second in an index that was tuned, alone and while 200 "
          + "documents a second arrive.",
      "restart: a killed graph-service until it gives the right answer again, from its snapshot "
          + "and from the database."
    })
final class BenchGraphCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      description =
          "How many, of documents, too; from 5000 up, of documents alone from 200. Default: 100000.")
  private int vectors = GraphOptions.DEFAULT_VECTORS;

  @Option(names = "--dimension", paramLabel = "N", description = "Default: 768.")
  private int dimension = GraphOptions.DEFAULT_DIMENSION;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Measure these alone: build, search, edges, changes, network, tune, resident, "
              + "opensearch, pipeline, linked, http, restart.")
  private String[] only = {};

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long writes and searches over HTTP are watched. Default: 30.")
  private long seconds = GraphOptions.DEFAULT_WATCHED.toSeconds();

  @ArgGroup private final Beside beside = new Beside();

  /** Of these at most one. */
  private static final class Beside {
    @Option(names = "--alone", description = "Without Lucene beside it.")
    private boolean alone;

    @Option(
        names = "--peers",
        description = {
          "With Lance and OpenBLAS beside it, too; downloads 200 MB of them the first time, and takes "
              + "a quarter of an hour longer with 100,000: all lists are compared with exact ones."
        })
    private boolean all;

    GraphOptions.Peers peers() {
      if (alone) {
        return GraphOptions.Peers.NONE;
      }
      return all ? GraphOptions.Peers.ALL : GraphOptions.Peers.LUCENE;
    }
  }

  @Override
  public Integer call() throws Exception {
    GraphOptions options;
    try {
      options =
          new GraphOptions(
              vectors, dimension, parts(), beside.peers(), Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    PrintWriter err = spec.commandLine().getErr();
    return new GraphBench(options, spec.commandLine().getOut(), new Messages(err)::say).run()
        ? 0
        : 1;
  }

  private Set<GraphBench.Part> parts() {
    Set<GraphBench.Part> parts = EnumSet.noneOf(GraphBench.Part.class);
    for (String name : only) {
      try {
        parts.add(GraphBench.Part.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            "--only takes build, search, edges, changes, network, tune, resident, opensearch, "
                + "pipeline, linked, http and restart, not "
                + name
                + ".",
            unknown);
      }
    }
    return parts;
  }
}
