package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import relata.local.client.RelataClient;

/** Figures of the whole graph. */
@Command(
    name = "overview",
    mixinStandardHelpOptions = true,
    header = "Shows how many documents and edges there are, and how they hang together.")
final class GraphOverviewCommand extends Question {
  @Override
  JsonNode ask(RelataClient client, String collection) {
    return client.statistics(collection);
  }

  @Override
  void print(PrintWriter out, JsonNode answer) {
    GraphAnswers.printOverview(out, answer);
  }
}
