package relata.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;
import relata.local.eval.Evaluation;
import relata.local.eval.EvaluationResult;
import relata.local.process.DirectoryTree;
import relata.local.stack.ProjectLayout;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;

/** How good the answers are, by people's judgements. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    header = "Measures how good the answers are, by people's judgements.",
    description = {
      "Imports a collection with judgements, asks its queries in the three modes, and prints "
          + "nDCG@10, recall@100 and MAP of each beside plain Lucene BM25: for the half of the "
          + "queries that the weights of hybrid are tuned on, and for the other half.",
      "Exit code 0 if hybrid is better by nDCG than semantic, lexical and BM25 on the half that was "
          + "held out, each with p < 0.05, else 1. What is being done goes to standard error.",
      "Without --url it starts a stack of its own in a temporary folder. OLLAMA_URL and the aliases "
          + "name another model server and other models, as for ./relata up."
    })
final class EvalCommand implements Callable<Integer> {
  private static final String CRANFIELD = "cranfield";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "COLLECTION",
      description =
          "cranfield, which is looked for in ../shared/data, or a folder: of the Cranfield "
              + "collection, or with corpus.jsonl, queries.jsonl and qrels/*.tsv (BEIR).")
  private String collection;

  @Option(
      names = "--qrels",
      paramLabel = "NAME",
      description = "The judgements in qrels/NAME.tsv. Default: test, or the only ones.")
  private String qrels;

  @Option(
      names = "--recipe",
      paramLabel = "JSON",
      description = "What of the recipe is not to be the default, if the collection is new.")
  private String recipe;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder to keep the stack's data and logs in, and to find them again.")
  private Path data;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where an API answers already; the collection is made there and stays.")
  private String url;

  @Option(names = "--json", description = "Print JSON for a script.")
  private boolean json;

  EvalCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    if (url != null && data != null) {
      throw wrong("--data is for a stack of its own, and --url names one that is there.");
    }
    Path folder = folder();
    ObjectNode wanted = recipe();
    Evaluation evaluation = Evaluation.of(folder, Optional.ofNullable(qrels));
    Messages messages = new Messages(spec.commandLine().getErr());
    String name = CollectionName.of(folder.toAbsolutePath().normalize());
    if (url != null) {
      try (RelataClient client = new RelataClient(url)) {
        return tell(evaluation.run(client, name, wanted, messages::say));
      }
    }
    try (RelataStack stack = RelataStack.start(options(), messages::say);
        RelataClient client = new RelataClient(stack.url())) {
      return tell(evaluation.run(client, name, wanted, messages::say));
    }
  }

  private int tell(EvaluationResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(result.json());
      out.flush();
      return result.isPassed() ? 0 : 1;
    }
    return result.print(out) ? 0 : 1;
  }

  private StackOptions options() {
    return data == null
        ? StackOptions.fromEnvironment(DirectoryTree.temporary("relata-eval-"), environment)
            .withTemporaryData()
        : StackOptions.fromEnvironment(data, environment);
  }

  private Path folder() {
    Path folder = Path.of(collection);
    if (!Files.isDirectory(folder) && collection.equals(CRANFIELD)) {
      folder = ProjectLayout.find().root().resolveSibling("shared/data").resolve(CRANFIELD);
    }
    if (!Files.isDirectory(folder)) {
      throw wrong(folder + " is no folder.");
    }
    return folder;
  }

  private ObjectNode recipe() {
    try {
      JsonNode parsed = new ObjectMapper().readTree(recipe == null ? "{}" : recipe);
      if (parsed instanceof ObjectNode object) {
        return object;
      }
      throw wrong("--recipe takes a JSON object.");
    } catch (JsonProcessingException broken) {
      throw wrong("--recipe takes a JSON object: " + broken.getOriginalMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
