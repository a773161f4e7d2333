package relata.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;

/** How far the work is. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "Shows how far the work on the documents is.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(arity = "0..1", paramLabel = "COLLECTION", description = "Default: all.")
  private String collection;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      List<String> names = collection == null ? client.collections() : List.of(collection);
      if (api.json()) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        names.forEach(name -> all.add(client.status(name)));
        out.println(all);
      } else {
        print(out, names.stream().map(client::status).map(CollectionStatus::of).toList());
      }
      out.flush();
      return 0;
    }
  }

  private static void print(PrintWriter out, List<CollectionStatus> statuses) {
    if (statuses.isEmpty()) {
      out.println("There is no collection yet; ./relata import PATH makes one.");
      return;
    }
    out.printf(
        "%-24s %9s %9s %9s %9s %7s %7s %9s %8s %7s %9s%n",
        "collection",
        "documents",
        "ready",
        "waiting",
        "skipped",
        "failed",
        "dead",
        "linked",
        "coverage",
        "docs/s",
        "left");
    for (CollectionStatus status : statuses) {
      print(out, status.collection(), status);
      status.building().ifPresent(it -> print(out, "  " + it.collection(), it));
    }
  }

  private static void print(PrintWriter out, String name, CollectionStatus status) {
    out.printf(
        Locale.ROOT,
        "%-24s %9d %9d %9d %9d %7d %7d %9d %7.1f%% %7.1f %9s%n",
        name,
        status.documents(),
        status.ready(),
        status.pending() + status.processing(),
        status.skipped(),
        status.failed(),
        status.dead(),
        status.linked(),
        100 * status.coverage(),
        status.ratePerSecond(),
        status.etaSeconds().isPresent() ? left(status.etaSeconds().getAsDouble()) : "-");
  }

  /** {@code 2h05m}, {@code 2m20s} or {@code 20s}. */
  static String left(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    if (left.toHours() > 0) {
      return "%dh%02dm".formatted(left.toHours(), left.toMinutesPart());
    }
    return left.toMinutes() > 0
        ? "%dm%02ds".formatted(left.toMinutes(), left.toSecondsPart())
        : left.toSeconds() + "s";
  }
}
