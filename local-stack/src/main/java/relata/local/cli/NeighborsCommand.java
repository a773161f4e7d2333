package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;

/** The documents that are most like one. */
@Command(
    name = "neighbors",
    mixinStandardHelpOptions = true,
    header = "Shows the documents that are most similar to one.")
final class NeighborsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "ID", description = "The document's id.")
  private String id;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Default: the only one that there is.")
  private String collection;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      JsonNode answer = client.neighbors(api.collection(client, collection), id);
      if (api.json()) {
        out.println(answer);
      } else {
        Answers.printNeighbors(out, answer);
      }
      out.flush();
      return 0;
    }
  }
}
