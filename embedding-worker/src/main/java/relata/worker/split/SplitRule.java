package relata.worker.split;

import java.util.Objects;
import java.util.Set;

/**
 * How a document becomes chunks.
 *
 * @param chunkSize the most a chunk holds, in estimated tokens of a model
 * @param overlap how much of a cut chunk is said again in the next, in estimated tokens
 * @param skip kinds that are left out
 */
public record SplitRule(Mode mode, int chunkSize, int overlap, Set<BlockKind> skip) {
  /** Where chunks end. */
  public enum Mode {
    /** At the document's own blocks; only long ones are cut. */
    BLOCKS,
    /** Only where the size is reached. */
    WHOLE
  }

  public SplitRule {
    Objects.requireNonNull(mode);
    if (chunkSize < 1) {
      throw new IllegalArgumentException("chunkSize must be at least 1, but is " + chunkSize + ".");
    }
    if (overlap < 0 || overlap >= chunkSize) {
      throw new IllegalArgumentException(
          "overlap must be at least 0 and below chunkSize, but is " + overlap + ".");
    }
    skip = Set.copyOf(skip);
  }
}
