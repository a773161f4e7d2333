package relata.worker.claim;

/**
 * A document under a generation that is ours to work on until the claim's lease runs out.
 *
 * @param version the document's version that was claimed; another one is not ours
 * @param attempts tries at this version that count, with this one
 * @param sizeBytes of its title and body; vectors that the client brought count for the text that
 *     such vectors are made of
 */
public record Claimed(
    long generationId, long documentId, long version, int attempts, long sizeBytes) {
  public Claimed {
    if (generationId < 1 || documentId < 1 || version < 1 || attempts < 1) {
      throw new IllegalArgumentException("Not a claimed document.");
    }
  }
}
