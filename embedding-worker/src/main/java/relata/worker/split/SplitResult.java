package relata.worker.split;

import java.util.List;

/** What became of a document that was to be split. */
public sealed interface SplitResult {
  /** In the document's order, their position is their ordinal; empty: nothing to embed. */
  record Chunks(List<Chunk> chunks) implements SplitResult {
    public Chunks {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * It would take more than the limits allow.
   *
   * @param code for programs
   * @param reason one sentence that says what to do
   */
  record TooMuch(String code, String reason) implements SplitResult {}
}
