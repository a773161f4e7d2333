package relata.api.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/** How the features of a collection are made, complete with every default filled in. */
public record Recipe(Embed embed, Split split, Edges edges) {

  /**
   * Which model embeds what.
   *
   * @param model name of the model at the model server
   * @param documentPrefix put before every chunk's text
   * @param queryPrefix put before every search text
   */
  public record Embed(String model, String documentPrefix, String queryPrefix) {}

  /**
   * How a document becomes chunks.
   *
   * @param chunkSize longest chunk, in estimated tokens
   * @param overlap how much of a chunk's end the next one repeats, in estimated tokens
   * @param skip kinds that are not embedded, each once, in the order of {@link BlockKind}
   */
  public record Split(SplitMode mode, int chunkSize, int overlap, List<BlockKind> skip) {
    public Split {
      skip = skip.stream().distinct().sorted().toList();
    }
  }

  /**
   * Which documents count as related.
   *
   * @param minSimilarity least cosine of an edge, 0 to 1
   * @param maxNeighbors longest neighbour list
   */
  public record Edges(double minSimilarity, int maxNeighbors) {}

  /** The whole recipe in canonical JSON, as it is stored. */
  public String json() {
    return CanonicalJson.write(
        Map.of("embed", embedFields(), "split", splitFields(), "edges", edgesFields()));
  }

  /**
   * SHA-256 of the canonical JSON of all but the edges, 32 bytes: equal fingerprints give equal
   * features, because edges are made from features.
   */
  public byte[] fingerprint() {
    String features = CanonicalJson.write(Map.of("embed", embedFields(), "split", splitFields()));
    try {
      return MessageDigest.getInstance("SHA-256").digest(features.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private Map<String, Object> embedFields() {
    return Map.of(
        "model", embed.model,
        "documentPrefix", embed.documentPrefix,
        "queryPrefix", embed.queryPrefix);
  }

  private Map<String, Object> splitFields() {
    return Map.of(
        "mode",
        split.mode.text(),
        "chunkSize",
        split.chunkSize,
        "overlap",
        split.overlap,
        "skip",
        split.skip.stream().map(BlockKind::text).toList());
  }

  private Map<String, Object> edgesFields() {
    return Map.of("minSimilarity", edges.minSimilarity, "maxNeighbors", edges.maxNeighbors);
  }
}
