package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.bulk.BulkImport;
import relata.local.bulk.ImportSummary;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;
import relata.local.source.FoundFiles;
import relata.local.stack.ProjectLayout;
import relata.local.stack.RelataStack;

/** From nothing to searchable, linked documents. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Real documents become searchable and linked.",
    description =
        "Starts everything on this machine, imports documents, waits until all are searchable and "
            + "linked, searches them, and stays up until Ctrl-C. Run again, it finds its data "
            + "again.")
final class DemoCommand implements Callable<Integer> {
  private static final int HITS = 3;
  private static final int TOP = 5;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private StackCommandOptions stackOptions;

  @Option(names = "--exit", description = "End when the work is done.")
  private boolean exit;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description =
          "The documents: a folder with nats-docs/ or cranfield/cran.all.1400, or any folder of "
              + "documents, which becomes a collection of its name. Default: ../shared/data if it is there, else the sample of this "
              + "project.")
  private Path source;

  DemoCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    if (source != null && !Files.isDirectory(source)) {
      throw new ParameterException(spec.commandLine(), source + " is no folder.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Messages messages = new Messages(out);
    Path folder = sourceFolder();
    List<DemoData> data = DemoData.in(folder, sample());
    if (!findAny(data, messages)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(folder + " has no document to import.");
      err.flush();
      return 1;
    }
    try (RelataStack stack =
            RelataStack.start(stackOptions.options("demo", environment), messages::say);
        RelataClient client = new RelataClient(stack.url())) {
      messages.say("All parts are ready after %.1f s.".formatted(seconds(start)));
      long work = System.nanoTime();
      ImportSummary imported = importAll(client, data, messages);
      List<CollectionStatus> statuses =
          new Settling(
                  client,
                  data.stream().map(DemoData::collection).toList(),
                  () -> DemoReport.reason(client, stack, data.getFirst().collection()),
                  out)
              .await();
      double workSeconds = seconds(work);
      boolean complete = DemoReport.printOutcome(out, client, stack, statuses);
      messages.say(DemoReport.speed(imported, workSeconds));
      search(client, data, out);
      DemoReport.printWhere(out, stack, data.getFirst());
      messages.say("Total time: %.1f s.".formatted(seconds(start)));
      if (!exit) {
        messages.say("Ctrl-C ends it.");
        var _ = stack.quickenStarts();
        StackWatch.stay(stack, out);
      }
      return imported.rejected() == 0 && complete ? 0 : 1;
    }
  }

  private Path sourceFolder() {
    if (source != null) {
      return source.toAbsolutePath().normalize();
    }
    Path shared = ProjectLayout.find().root().resolveSibling("shared").resolve("data");
    return Files.isDirectory(shared) ? shared : sample();
  }

  private static Path sample() {
    return ProjectLayout.find().root().resolve("local-stack/sample");
  }

  /** Says what is left out; false if nothing remains. */
  private static boolean findAny(List<DemoData> all, Messages messages) throws IOException {
    boolean any = false;
    for (DemoData data : all) {
      FoundFiles found = data.find();
      LeftOutLines.print(found.leftOut(), messages::say);
      any |= !found.files().isEmpty();
    }
    return any;
  }

  private static ImportSummary importAll(RelataClient client, List<DemoData> all, Messages messages)
      throws IOException {
    ImportSummary sum = ImportSummary.NOTHING;
    for (DemoData data : all) {
      client.ensureCollection(data.collection(), data.recipe());
      BulkImport bulk =
          new BulkImport(
              client,
              data.collection(),
              rejection -> messages.say(rejection.location() + ": " + rejection.detail()));
      data.read(bulk);
      ImportSummary summary = bulk.finish();
      messages.say("Imported into " + data.collection() + ": " + summary + ".");
      sum = sum.plus(summary);
    }
    return sum;
  }

  private static void search(RelataClient client, List<DemoData> all, PrintWriter out) {
    for (DemoData.Search search : DemoData.searches(all)) {
      out.printf("%nSearch in %s: %s%n", search.collection(), search.words());
      JsonNode answer = client.search(search.collection(), search.words(), "hybrid", HITS);
      new HitLines(out, Marks.here()).print(answer);
    }
    for (DemoData data : all) {
      out.printf("%nMost linked in %s:%n", data.collection());
      Answers.printMostLinked(out, client.graph(data.collection(), TOP));
    }
    out.flush();
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
  }
}
