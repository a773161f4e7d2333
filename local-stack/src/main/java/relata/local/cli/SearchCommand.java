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
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;
  @Mixin private SearchOptions options;

  @Parameters(
      paramLabel = "WORDS",
      description = "What to look for, in quotes if several. '\"a phrase\"' and prefix* count.")
  private List<String> words;

  @Option(
      names = "--like",
      paramLabel = "ID",
      description = "Look for more like this document, in place of words.")
  private String like;

  @Option(names = "--collection", paramLabel = "NAME", description = "Default: each in turn.")
  private String collection;

  @Override
  public Integer call() {
    ObjectNode search = search();
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      for (String name : collections(client)) {
        JsonNode answer = page(client, name, search);
        if (api.json()) {
          ObjectNode named = all.addObject().put("collection", name);
          answer.properties().forEach(field -> named.set(field.getKey(), field.getValue()));
        } else {
          out.println(name + ":");
          new HitLines(out, Marks.here()).print(answer);
          if (answer.path("next").isTextual()) {
            out.println("  (more with --page " + (options.page() + 1) + ")");
          }
        }
      }
      if (api.json()) {
        out.println(all);
      }
      out.flush();
      return 0;
    }
  }

  private ObjectNode search() {
    boolean isLike = like != null;
    if (isLike == (words != null && !String.join("", words).isBlank())) {
      throw new ParameterException(
          spec.commandLine(), isLike ? "Say words or --like, not both." : "Say what to look for.");
    }
    ObjectNode search = options.body();
    if (isLike) {
      search.putObject("like").put("document", like);
    } else {
      search.put("text", String.join(" ", words));
    }
    return search;
  }

  private List<String> collections(RelataClient client) {
    if (collection == null && like == null) {
      return client.collections();
    }
    return List.of(api.collection(client, collection));
  }

  /** Goes on from the first page, so that all of them are of one ranking. */
  private JsonNode page(RelataClient client, String name, ObjectNode search) {
    ObjectNode asked = search.deepCopy();
    JsonNode answer = client.search(name, asked);
    for (int page = 2; page <= options.page(); page++) {
      if (!answer.path("next").isTextual()) {
        return answer.<ObjectNode>deepCopy().set("hits", asked.arrayNode());
      }
      asked.set("after", answer.get("next"));
      answer = client.search(name, asked);
    }
    return answer;
  }
}
