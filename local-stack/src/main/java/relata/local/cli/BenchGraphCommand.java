package relata.local.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.bench.GraphBench;

/** The vector engine of graph-service, in figures. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    header = "Measures the vector engine: search, changes, edges.",
    description = {
      "Runs graph-service's engine in a process of its own, on synthetic vectors in clusters from a "
          + "fixed seed, in turns with Lucene's HNSW, and prints one line a figure: name, value, "
          + "unit, bar, and pass or short. Lines with # tell the machine.",
      "With 100,000 vectors of 768 dimensions, for which the bars are meant, it takes about two "
          + "minutes on two cores, most of it for Lucene's index, and 3 GB of memory. Exit code 0 if "
          + "every bar was passed, else 1.",
      "build: from raw vectors until they are searched at full speed; memory beside the vectors.",
      "search: the ten most similar, certainly; with a filter that keeps one in a hundred; rates "
          + "on two threads.",
      "edges: all pairs above a threshold that gives the vectors of a sample 12 each; the "
          + "lists of everybody concerned by a changed document, alone and in batches of 64.",
      "changes: inserts and deletes, alone and beside searches."
    })
final class BenchGraphCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      description = "How many, from 5000 up. Default: 100000.")
  private int vectors = GraphBench.DEFAULT_VECTORS;

  @Option(names = "--dimension", paramLabel = "N", description = "Default: 768.")
  private int dimension = GraphBench.DEFAULT_DIMENSION;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Measure these alone: build, search, edges, changes.")
  private String[] only = {};

  @Option(names = "--alone", description = "Without Lucene beside it.")
  private boolean alone;

  @Override
  public Integer call() throws Exception {
    GraphBench bench;
    try {
      bench = new GraphBench(vectors, dimension, parts(), !alone, spec.commandLine().getOut());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    return bench.run() ? 0 : 1;
  }

  private Set<GraphBench.Part> parts() {
    Set<GraphBench.Part> parts = EnumSet.noneOf(GraphBench.Part.class);
    for (String name : only) {
      try {
        parts.add(GraphBench.Part.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            "--only takes build, search, edges and changes, not " + name + ".", unknown);
      }
    }
    return parts;
  }
}
