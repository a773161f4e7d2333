package relata.api.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import relata.api.recipe.Recipe.Describe;
import relata.api.recipe.Recipe.Edges;
import relata.api.recipe.Recipe.Embed;
import relata.api.recipe.Recipe.Gate;
import relata.api.recipe.Recipe.Split;
import relata.api.recipe.RecipeReading.Fault;
import relata.api.recipe.RecipeReading.Invalid;
import relata.api.recipe.RecipeReading.Valid;

/** Reads the recipe that a user wrote: fills in defaults, names every field that is wrong. */
public final class RecipeReader {
  static final String CLIENT = "client";
  private static final String EMBEDDER = "embedder";
  private static final String DESCRIBER = "describer";
  private static final String PROMPT = "v1";
  private static final int MAX_MODEL_LENGTH = 200;
  private static final int MAX_PREFIX_LENGTH = 1_000;
  private static final int MAX_DIMENSION = 16_384;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final int CHUNK_SIZE = 100;
  // Smaller chunks carry no meaning; larger ones no embedding model reads whole.
  private static final int MIN_CHUNK_SIZE = 16;
  private static final int MAX_CHUNK_SIZE = 8_192;
  private static final int OVERLAP = 20;

  private static final double MIN_SIMILARITY = 0.6;
  private static final int MAX_NEIGHBORS = 10;
  // A document keeps its whole list in one answer and one transaction.
  private static final int MOST_NEIGHBORS = 100;

  private static final int SAMPLE = 100;
  private static final int MAX_SAMPLE = 1_000;

  private RecipeReader() {}

  /**
   * Reads a recipe's fields (Map, List, String, Number, Boolean, null); an empty map gives the
   * default recipe.
   */
  public static RecipeReading read(Map<String, Object> fields) {
    List<Fault> faults = new ArrayList<>();
    RecipeFields root = new RecipeFields("", fields, faults);
    Recipe recipe =
        new Recipe(
            root.objectIfAny("describe").map(RecipeReader::describe),
            embed(root.object("embed")),
            split(root.object("split")),
            edges(root.object("edges")),
            root.choice(
                "index", IndexKind.EMBEDDED, IndexKind::of, "Must be embedded or opensearch."),
            root.choice("language", Language.EN, Language::of, Language.RULE_IN_WORDS),
            gate(root.object("gate")));
    if (recipe.describe().isPresent() && recipe.embed().clientDimension().isPresent()) {
      root.fault("describe", "Must be left out where embed.source is client.");
    }
    root.refuseOthers();
    return faults.isEmpty() ? new Valid(new RecipeDraft(recipe)) : new Invalid(faults);
  }

  private static Describe describe(RecipeFields fields) {
    Describe describe =
        new Describe(
            model(fields, DESCRIBER),
            fields.choice("prompt", PROMPT, PromptName::checked, PromptName.RULE_IN_WORDS),
            fields.choice(
                "promptSha256",
                "",
                text -> Optional.of(text).filter(hash -> HASH.matcher(hash).matches()),
                "Must be the SHA-256 of the prompt's text in hexadecimal; best left out."),
            fields.integer("maxInputLength", 8_000, 200, 100_000),
            fields.integer("maxLength", 600, 40, 4_000));
    fields.refuseOthers();
    return describe;
  }

  private static Embed embed(RecipeFields fields) {
    Embed embed =
        new Embed(
            model(fields, EMBEDDER),
            fields.text("documentPrefix", "", MAX_PREFIX_LENGTH),
            fields.text("queryPrefix", "", MAX_PREFIX_LENGTH),
            clientDimension(fields));
    fields.refuseOthers();
    return embed;
  }

  private static Optional<Integer> clientDimension(RecipeFields fields) {
    String source =
        fields.choice(
            "source",
            "model",
            text -> Optional.of(text).filter(List.of("model", CLIENT)::contains),
            "Must be model or client.");
    int dimension = fields.integer("dimension", 0, 1, MAX_DIMENSION);
    if (source.equals(CLIENT) && !fields.has("dimension")) {
      fields.fault("dimension", "Must say how many components the client's vectors have.");
    }
    if (!source.equals(CLIENT) && dimension > 0) {
      fields.fault("dimension", "Only goes with source client; a model has its own.");
    }
    return source.equals(CLIENT) ? Optional.of(dimension) : Optional.empty();
  }

  private static String model(RecipeFields fields, String alias) {
    String model = fields.text("model", alias, MAX_MODEL_LENGTH);
    if (!ModelName.isValid(model)) {
      fields.fault("model", ModelName.RULE_IN_WORDS);
    }
    return model;
  }

  private static Split split(RecipeFields fields) {
    SplitMode mode =
        fields.choice("mode", SplitMode.BLOCKS, SplitMode::of, "Must be blocks or whole.");
    int chunkSize = fields.integer("chunkSize", CHUNK_SIZE, MIN_CHUNK_SIZE, MAX_CHUNK_SIZE);
    // Half a chunk at most, so that every chunk brings at least as much new text as old.
    int overlap =
        fields.integer("overlap", Math.min(OVERLAP, chunkSize / 2), 0, Math.max(0, chunkSize / 2));
    List<BlockKind> skip =
        fields.choices(
            "skip",
            BlockKind::of,
            "Must be a list of title, description, paragraph, list, heading, table, code.");
    fields.refuseOthers();
    return new Split(mode, chunkSize, overlap, skip);
  }

  private static Edges edges(RecipeFields fields) {
    Edges edges =
        new Edges(
            fields.number("minSimilarity", MIN_SIMILARITY, 0, 1),
            fields.integer("maxNeighbors", MAX_NEIGHBORS, 1, MOST_NEIGHBORS));
    fields.refuseOthers();
    return edges;
  }

  private static Gate gate(RecipeFields fields) {
    Gate gate =
        new Gate(
            fields.choice(
                "switch", SwitchMode.AUTOMATIC, SwitchMode::of, "Must be automatic or manual."),
            fields.number("minOverlap", 0, 0, 1),
            fields.number("minRecall", 0, 0, 1),
            fields.number("minNdcg", 0, 0, 1),
            fields.number("minEdgeOverlap", 0, 0, 1),
            fields.integer("sample", SAMPLE, 1, MAX_SAMPLE));
    fields.refuseOthers();
    return gate;
  }
}
