package relata.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.ApiException;
import relata.local.client.RelataClient;
import relata.local.stack.RunningStack;
import relata.local.stack.WorkerJob;

/** The worker's backfill, run to its end beside the stack. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    header = "Makes the features of all stale documents, and shows how far it is.",
    description =
        "Runs embedding-worker once more beside the stack that runs in this project, as "
            + "'embedding-worker --backfill' does as a Job in a cluster. The stack's own worker "
            + "goes on with what changes.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing is left",
      "1:it could not be done",
      "2:nothing is left but documents that are dead, or the command line is wrong",
      "3:documents are left and nothing goes on, because a model is missing or its server away"
    })
final class BackfillCommand implements Callable<Integer> {
  private static final String PASSWORD = "RELATA_DATABASE_PASSWORD";
  private static final String LOCAL_PASSWORD = "relata";
  private static final int LAST_LINES = 15;

  /** How the worker begins to say why nothing goes on. */
  private static final String NOTHING_WENT_ON = "Nothing went on ";

  private static final Pattern LOGGED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");

  private static final int LARGEST_BATCH = 1000;

  /** With it the worker says that nothing goes on. */
  private static final int STALLED = 3;

  /** With it the worker says that it was asked for what there is not. */
  private static final int NO_SUCH_COLLECTION = 64;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the stack. Default: the stack that runs in this project.")
  private Path data;

  @Option(names = "--collection", paramLabel = "NAME", description = "Default: all.")
  private String collection;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "At most so many documents a second. Default: as fast as it goes.")
  private String rate;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Documents worked on together. Default: the worker's.")
  private String batch;

  BackfillCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    requireUsable();
    RunningStack stack = stack();
    PrintWriter out = spec.commandLine().getOut();
    Deque<String> said = new ArrayDeque<>();
    try (RelataClient client = new RelataClient(stack.url());
        BackfillView view = new BackfillView(() -> reason(client, said), System::nanoTime, out)) {
      int code =
          WorkerJob.run(
              stack,
              Map.of(PASSWORD, environment.getOrDefault(PASSWORD, LOCAL_PASSWORD)),
              arguments(),
              line -> {
                Optional<BackfillProgress> step = BackfillProgress.parse(line);
                step.ifPresent(view::at);
                if (step.isEmpty()) {
                  said.addLast(line);
                  if (said.size() > LAST_LINES) {
                    said.removeFirst();
                  }
                }
              });
      return switch (code) {
        case 0, 2 -> code;
        case NO_SUCH_COLLECTION ->
            throw new IllegalStateException(
                "There is no collection \"%s\"; ./relata status shows those that there are."
                    .formatted(collection));
        case STALLED -> stalled(said);
        default -> failed(code, said);
      };
    }
  }

  private RunningStack stack() {
    return data == null
        ? ApiOptions.runningStack(spec, "Name one's folder with --data.")
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No stack runs in this project; ./relata up starts one."))
        : RunningStack.on(data)
            .orElseThrow(() -> new IllegalStateException("No stack runs on " + data + "."));
  }

  /** Why documents wait: what stands with one of them, else what the worker last complained of. */
  private Optional<String> reason(RelataClient client, Deque<String> said) {
    try {
      List<String> names = collection == null ? client.collections() : List.of(collection);
      for (String name : names) {
        Optional<String> failure = DemoReport.firstFailure(client, name);
        if (failure.isPresent()) {
          return failure;
        }
      }
    } catch (ApiException away) {
      // The backfill does without the API, and the worker may have said something, too.
    }
    return List.copyOf(said).reversed().stream()
        .filter(line -> WorkerWarnings.isOne(line) && line.contains(" reason="))
        .findFirst();
  }

  private int stalled(Deque<String> said) {
    PrintWriter err = spec.commandLine().getErr();
    obstacles(said).forEach(err::println);
    err.flush();
    return STALLED;
  }

  /** What the worker said of why nothing goes on, without what it logged before and after. */
  static List<String> obstacles(Collection<String> said) {
    return said.stream()
        .dropWhile(line -> !line.startsWith(NOTHING_WENT_ON))
        .filter(line -> !LOGGED.matcher(line).lookingAt())
        .toList();
  }

  private int failed(int code, Deque<String> said) {
    PrintWriter err = spec.commandLine().getErr();
    said.forEach(err::println);
    err.println("It ended with exit code " + code + ".");
    err.flush();
    return 1;
  }

  /** In the words of this command line: the worker's own would name its own. */
  private void requireUsable() {
    require(collection == null || !collection.isBlank(), "--collection needs a name.");
    require(
        rate == null || isRate(rate),
        "--rate takes a number of documents a second above 0, such as 50 or 0.5, not \"%s\"."
            .formatted(rate));
    require(
        batch == null || isBatch(batch),
        "--batch takes 1 to %d documents, not \"%s\".".formatted(LARGEST_BATCH, batch));
  }

  private void require(boolean usable, String otherwise) {
    if (!usable) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private static boolean isRate(String text) {
    try {
      double number = Double.parseDouble(text);
      return number > 0 && Double.isFinite(number);
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static boolean isBatch(String text) {
    try {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= LARGEST_BATCH;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--backfill"));
    add(arguments, "--collection", collection);
    add(arguments, "--rate", rate);
    add(arguments, "--batch", batch);
    return arguments;
  }

  private static void add(List<String> arguments, String option, String value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value);
    }
  }
}
