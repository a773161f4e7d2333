package relata.api.change;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import relata.api.recipe.BlockKind;
import relata.api.recipe.Recipe;
import relata.api.recipe.SplitMode;

/**
 * What a new generation asks of the models.
 *
 * @param documentsToDescribe descriptions to be written
 * @param chunksToEmbed texts to be embedded; what the active generation has is reused
 * @param chunksOfBoth those of them that the active generation has not made yet either: each is
 *     embedded once for both
 * @param isEstimate whether the chunks could only be guessed
 */
record ModelWork(
    long documentsToDescribe, long chunksToEmbed, long chunksOfBoth, boolean isEstimate) {
  static final ModelWork NONE = new ModelWork(0, 0, 0, false);

  private static final int CHARACTERS_PER_TOKEN = 4;

  /** How a new recipe changes what models are asked. */
  static ModelWork of(Recipe before, Recipe after, Stored stored, boolean isOtherModel) {
    if (after.embed().clientDimension().isPresent()) {
      return NONE;
    }
    boolean isSplitAnew =
        before.embed().clientDimension().isPresent() || !before.split().equals(after.split());
    boolean isEmbeddedAnew = isOtherModel || isEmbeddedAnew(before.embed(), after.embed());
    long descriptions = descriptions(before, after, stored);
    long embeddedDescriptions = isEmbedded(after) ? descriptions : 0;
    if (isEmbeddedAnew && isEmbedded(after)) {
      embeddedDescriptions = stored.documents();
    }
    if (isSplitAnew && onlySkipsMore(before, after) && !isEmbeddedAnew) {
      return new ModelWork(
          descriptions,
          embeddedDescriptions + stored.unmade(),
          stored.unmade(),
          stored.unmade() > 0);
    }
    if (isSplitAnew) {
      return new ModelWork(
          descriptions, embeddedDescriptions + guessed(after.split(), stored), 0, true);
    }
    long reused = isEmbeddedAnew ? 0 : stored.contentChunks();
    long chunks = stored.contentChunks() - reused + stored.unmade();
    return new ModelWork(
        descriptions,
        embeddedDescriptions + chunks,
        isEmbeddedAnew ? 0 : stored.unmade(),
        stored.unmade() > 0);
  }

  private static long descriptions(Recipe before, Recipe after, Stored stored) {
    if (after.describe().isEmpty()) {
      return 0;
    }
    return after.describe().equals(before.describe())
        ? stored.documents() - stored.described()
        : stored.documents();
  }

  private static boolean isEmbedded(Recipe recipe) {
    return recipe.describe().isPresent() && !recipe.split().skip().contains(BlockKind.DESCRIPTION);
  }

  /** The query prefix changes no stored vector. */
  private static boolean isEmbeddedAnew(Recipe.Embed before, Recipe.Embed after) {
    return !before.model().equals(after.model())
        || !before.documentPrefix().equals(after.documentPrefix())
        || !before.clientDimension().equals(after.clientDimension());
  }

  private static boolean onlySkipsMore(Recipe before, Recipe after) {
    Recipe.Split one = before.split();
    Recipe.Split other = after.split();
    Set<BlockKind> skipped = EnumSet.noneOf(BlockKind.class);
    skipped.addAll(other.skip());
    return before.embed().clientDimension().equals(Optional.empty())
        && one.mode() == other.mode()
        && one.chunkSize() == other.chunkSize()
        && one.overlap() == other.overlap()
        && skipped.containsAll(one.skip());
  }

  /** By length, and in blocks no less than there were: most blocks are short. */
  private static long guessed(Recipe.Split split, Stored stored) {
    long tokens = stored.bodyCharacters() / CHARACTERS_PER_TOKEN;
    long byLength = stored.documents() + tokens / (split.chunkSize() - split.overlap());
    return split.mode() == SplitMode.BLOCKS
        ? Math.max(byLength, stored.contentChunks() + stored.unmade())
        : byLength;
  }

  /**
   * What a collection has, and what the active generation made of it.
   *
   * @param documents of the collection
   * @param bodyCharacters of all their bodies
   * @param made documents of which the active generation has features, or never will
   * @param described documents of which it has a description
   * @param contentChunks its chunks without descriptions
   */
  record Stored(
      long documents, long bodyCharacters, long made, long described, long contentChunks) {
    /** Chunks that the documents will have that are not made yet, as those have that are. */
    long unmade() {
      long missing = documents - made;
      return made == 0
          ? missing + bodyCharacters / CHARACTERS_PER_TOKEN / 100
          : Math.round((double) contentChunks / made * missing);
    }
  }
}
