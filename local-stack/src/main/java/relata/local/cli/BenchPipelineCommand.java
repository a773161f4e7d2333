package relata.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.bench.BenchOptions;
import relata.local.bench.PipelineBench;

/** The way from a written document to its features, in figures. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    header = "Measures the way from a written document to its features.",
    description = {
      "Starts stacks of its own in temporary folders, with a model server that answers at once "
          + "(768 dimensions, a process of its own) and without graph-service, and prints one line "
          + "a figure: name, value, unit, bar, and pass or short. Lines with # tell the machine and "
          + "where the CPU time went. What is being done goes to standard error.",
      "With 100,000 documents it takes 10 to 15 minutes on two cores and 3 GB of disk. Exit code 0 "
          + "if every bar was passed, else 1. Other work on the machine makes it slower: the lines "
          + "about the CPU say how much there was.",
      "throughput: documents a second from the first write to the last that is ready; what a replay "
          + "of all events changes; the worker's memory and start.",
      "freshness: from a write to its features at 50 writes a second, and search texts, alone and "
          + "beside a backfill.",
      "permits: how much of a model's room is used that needs 200 ms and takes 8 calls at once.",
      "poison: one document in a hundred that the model refuses."
    })
final class BenchPipelineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "How many, from 200 up. Default: 100000, for which the bars are meant.")
  private int documents = BenchOptions.DEFAULT_DOCUMENTS;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Measure these alone: throughput, freshness (writes the documents, too), permits, poison.")
  private String[] only = {};

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long writes are watched for freshness. Default: 60.")
  private long seconds = BenchOptions.DEFAULT_FRESHNESS.toSeconds();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "An empty folder to keep the stacks' data and logs in.")
  private Path data;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    BenchOptions options;
    try {
      options =
          new BenchOptions(
              documents, parts(), Duration.ofSeconds(seconds), Optional.ofNullable(data));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    return new PipelineBench(options, spec.commandLine().getOut(), new Messages(err)::say).run()
        ? 0
        : 1;
  }

  private Set<PipelineBench.Part> parts() {
    Set<PipelineBench.Part> parts = EnumSet.noneOf(PipelineBench.Part.class);
    for (String name : only) {
      try {
        parts.add(PipelineBench.Part.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            "--only takes throughput, freshness, permits and poison, not " + name + ".", unknown);
      }
    }
    return parts;
  }
}
