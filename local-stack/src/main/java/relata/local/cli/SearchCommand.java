package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;

/** Finds documents. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    header = "Finds documents by words and by meaning.")
final class SearchCommand implements Callable<Integer> {
  private static final int MOST_HITS = 100;

  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "WORDS", description = "What to look for, in quotes if several.")
  private List<String> words;

  @Option(names = "--collection", paramLabel = "NAME", description = "Default: each in turn.")
  private String collection;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "hybrid",
      converter = SearchMode.Spelling.class,
      description = "hybrid, semantic or lexical. Default: ${DEFAULT-VALUE}.")
  private SearchMode mode;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Hits of a collection. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    if (words == null || String.join("", words).isBlank()) {
      throw new ParameterException(spec.commandLine(), "Say what to look for.");
    }
    if (limit < 1 || limit > MOST_HITS) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be 1 to " + MOST_HITS + ", not " + limit + ".");
    }
    String text = String.join(" ", words);
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      List<String> names = collection == null ? client.collections() : List.of(collection);
      ArrayNode all = new ObjectMapper().createArrayNode();
      for (String name : names) {
        JsonNode answer = client.search(name, text, mode.spelling(), limit);
        if (api.json()) {
          ObjectNode named = all.addObject().put("collection", name);
          answer.properties().forEach(field -> named.set(field.getKey(), field.getValue()));
        } else {
          out.println(name + ":");
          Answers.printHits(out, answer);
        }
      }
      if (api.json()) {
        out.println(all);
      }
      out.flush();
      return 0;
    }
  }
}
