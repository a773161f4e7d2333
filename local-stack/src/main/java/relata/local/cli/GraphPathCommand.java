package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import relata.local.client.RelataClient;

/** How two documents are related. */
@Command(
    name = "path",
    mixinStandardHelpOptions = true,
    header = "Shows how two documents are related, step by step, with the texts that are alike.")
final class GraphPathCommand extends Question {
  @Parameters(index = "0", paramLabel = "FROM", description = "A document's id.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "Another's.")
  private String to;

  @Override
  JsonNode ask(RelataClient client, String collection) {
    return client.path(collection, from, to);
  }

  @Override
  void print(PrintWriter out, JsonNode answer) {
    GraphAnswers.printPath(out, answer);
  }
}
