package relata.api.feature;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was derived from a document under a generation. Vectors are left out.
 *
 * @param id the document's id
 * @param version the document's version
 * @param state pending, processing, ready, skipped, failed or dead
 * @param storedVersion the version whose features are served; it lags behind while a newer one is
 *     in work, and is null before the first
 * @param description what a model wrote about the document; null if the recipe asks for none or
 *     there is none yet
 * @param embedding where the vectors come from; null before the first
 * @param chunkCount chunks of the document in all
 * @param chunks a page of them
 * @param next what to pass as {@code after} for the following chunks; null if these were the last
 * @param attempts tries at this version; waiting for a busy model is none
 * @param error why the last try failed; null if it did not
 * @param nextRetryAt when it is tried again by itself; null if it is not
 * @param why one sentence, if this version has no features; null if it has
 */
@Schema(name = "Features")
record FeaturesView(
    String id,
    long generation,
    long version,
    @Schema(enumeration = {"pending", "processing", "ready", "skipped", "failed", "dead"})
        String state,
    Long storedVersion,
    Description description,
    Embedding embedding,
    int chunkCount,
    List<Chunk> chunks,
    String next,
    int attempts,
    Failure error,
    Instant nextRetryAt,
    String why) {
  FeaturesView {
    chunks = List.copyOf(chunks);
  }

  /**
   * What a model wrote about a document.
   *
   * @param text empty when the model was asked and had nothing to say
   * @param prompt name of the prompt's version
   * @param promptSha256 of its text, hexadecimal
   */
  @Schema(name = "Description")
  record Description(String text, String model, String prompt, String promptSha256) {}

  /**
   * Where vectors come from.
   *
   * @param digest the model server's digest of the model; empty when it names none
   * @param dimension components of a vector
   */
  @Schema(name = "Embedding")
  record Embedding(String model, String digest, Integer dimension) {}

  /**
   * A piece of a document that has a vector.
   *
   * @param ordinal its place in the document, from 0 up
   * @param headingPath the document's title and the headings above it, outermost first
   * @param dimension components of its vector
   */
  @Schema(name = "Chunk")
  record Chunk(
      int ordinal,
      @Schema(
              enumeration = {
                "title",
                "description",
                "paragraph",
                "list",
                "heading",
                "table",
                "code"
              })
          String kind,
      List<String> headingPath,
      String text,
      int dimension) {
    Chunk {
      headingPath = List.copyOf(headingPath);
    }
  }

  /**
   * Why a try failed.
   *
   * @param code a short word, for programs
   * @param reason one sentence, for people
   */
  @Schema(name = "FeatureError")
  record Failure(String code, String reason) {}
}
