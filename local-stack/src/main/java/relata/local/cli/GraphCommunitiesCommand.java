package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import relata.local.client.RelataClient;

/** What belongs together. */
@Command(
    name = "communities",
    mixinStandardHelpOptions = true,
    header = "Shows the largest groups of documents that belong together.")
final class GraphCommunitiesCommand extends Question {
  private static final int MOST = 100;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--resolution",
      paramLabel = "R",
      defaultValue = "1",
      description =
          "A greater one gives more and smaller communities, at most 100. Default: ${DEFAULT-VALUE}.")
  private double resolution;

  @Override
  void check() {
    if (limit < 1 || limit > MOST) {
      throw wrong("--limit must be 1 to " + MOST + ", not " + limit + ".");
    }
    if (!(resolution > 0 && resolution <= MOST)) {
      throw wrong("--resolution must be above 0, and at most 100.");
    }
  }

  @Override
  JsonNode ask(RelataClient client, String collection) {
    return client.communities(collection, limit, resolution);
  }

  @Override
  void print(PrintWriter out, JsonNode answer) {
    GraphAnswers.printCommunities(out, answer);
  }
}
