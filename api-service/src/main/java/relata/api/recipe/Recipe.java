package relata.api.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the features of a collection are made, complete with every default filled in.
 *
 * @param describe empty if no descriptions are wanted
 * @param language of the words that documents are found by
 */
public record Recipe(
    Optional<Describe> describe,
    Embed embed,
    Split split,
    Edges edges,
    IndexKind index,
    Language language,
    Gate gate) {

  /**
   * How a model describes a document.
   *
   * @param model name of the model at the model server
   * @param prompt name of the prompt
   * @param promptSha256 SHA-256 of its text, in hexadecimal
   * @param maxInputLength most characters of title and body that go into the prompt
   * @param maxLength most characters of the description
   */
  public record Describe(
      String model, String prompt, String promptSha256, int maxInputLength, int maxLength) {}

  /**
   * Which model embeds what.
   *
   * @param model name of the model at the model server
   * @param documentPrefix put before every chunk's text
   * @param queryPrefix put before every search text
   * @param clientDimension components of the vectors that the client brings with its chunks; empty
   *     if the model makes them
   */
  public record Embed(
      String model, String documentPrefix, String queryPrefix, Optional<Integer> clientDimension) {}

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

  /**
   * What a new generation must show before it is switched to; 0 asks for nothing.
   *
   * @param switchMode who switches
   * @param minOverlap least overlap@10 with the active generation, 0 to 1
   * @param minRecall least recall@10 of the stored queries with expected documents, 0 to 1
   * @param minNdcg least nDCG@10 of them, 0 to 1
   * @param minEdgeOverlap least share of edges that both have, 0 to 1
   * @param sample how many documents are compared
   */
  public record Gate(
      SwitchMode switchMode,
      double minOverlap,
      double minRecall,
      double minNdcg,
      double minEdgeOverlap,
      int sample) {}

  /** The whole recipe in canonical JSON, as it is stored. */
  public String json() {
    return CanonicalJson.write(RecipeJson.complete(this));
  }

  /**
   * SHA-256 of the canonical JSON of all but edges, index, language and gate, 32 bytes: equal
   * fingerprints give equal features, because edges are made from features, the index holds them
   * and the words of their language, and the gate only looks at all that.
   */
  public byte[] fingerprint() {
    String features = CanonicalJson.write(RecipeJson.features(this));
    try {
      return MessageDigest.getInstance("SHA-256").digest(features.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** Whether the other recipe makes the same features and the same edges, and keeps them alike. */
  public boolean makesTheSameAs(Recipe other) {
    return edges.equals(other.edges)
        && index == other.index
        && language == other.language
        && Arrays.equals(fingerprint(), other.fingerprint());
  }
}
