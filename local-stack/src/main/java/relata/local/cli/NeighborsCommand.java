package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import relata.local.client.RelataClient;

/** The documents that are most like one. */
@Command(
    name = "neighbors",
    mixinStandardHelpOptions = true,
    header = "Shows the documents that are most similar to one.")
final class NeighborsCommand extends Question {
  @Parameters(paramLabel = "ID", description = "The document's id.")
  private String id;

  @Override
  JsonNode ask(RelataClient client, String collection) {
    return client.neighbors(collection, id);
  }

  @Override
  void print(PrintWriter out, JsonNode answer) {
    Answers.printNeighbors(out, answer);
  }
}
