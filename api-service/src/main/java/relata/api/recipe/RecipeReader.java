package relata.api.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.api.recipe.Recipe.Edges;
import relata.api.recipe.Recipe.Embed;
import relata.api.recipe.Recipe.Split;
import relata.api.recipe.RecipeReading.Fault;
import relata.api.recipe.RecipeReading.Invalid;
import relata.api.recipe.RecipeReading.Valid;

/** Reads the recipe that a user wrote: fills in defaults, names every field that is wrong. */
public final class RecipeReader {
  private static final String MODEL = "all-minilm";
  private static final int MAX_MODEL_LENGTH = 200;
  private static final int MAX_PREFIX_LENGTH = 1_000;

  private static final int CHUNK_SIZE = 100;
  // Smaller chunks carry no meaning; larger ones no embedding model reads whole.
  private static final int MIN_CHUNK_SIZE = 16;
  private static final int MAX_CHUNK_SIZE = 8_192;
  private static final int OVERLAP = 20;

  private static final double MIN_SIMILARITY = 0.6;
  private static final int MAX_NEIGHBORS = 10;
  // A document keeps its whole list in one answer and one transaction.
  private static final int MOST_NEIGHBORS = 100;

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
            embed(root.object("embed")), split(root.object("split")), edges(root.object("edges")));
    root.refuseOthers();
    return faults.isEmpty() ? new Valid(recipe) : new Invalid(faults);
  }

  private static Embed embed(RecipeFields fields) {
    String model = fields.text("model", MODEL, MAX_MODEL_LENGTH);
    if (!model.chars().allMatch(character -> character > ' ' && character < 0x7f)
        || model.isEmpty()) {
      fields.fault("model", "Must be a model's name: letters, digits, - _ . / and :.");
    }
    Embed embed =
        new Embed(
            model,
            fields.text("documentPrefix", "", MAX_PREFIX_LENGTH),
            fields.text("queryPrefix", "", MAX_PREFIX_LENGTH));
    fields.refuseOthers();
    return embed;
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
            "Must be a list of title, paragraph, list, heading, table, code.");
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
}
