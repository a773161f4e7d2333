package relata.graph.generation;

import java.util.Collection;
import java.util.Map;
import relata.graph.text.TextIndex;
import relata.graph.vector.VectorIndex;

/**
 * The vectors and words of one generation in a system that all replicas share. It is written by
 * whoever has the generation's turn, and may lose anything: what it holds is compared with what is
 * stored.
 *
 * <p>All throw {@link IndexAwayException} if the system cannot be used now.
 */
public interface SharedStore {
  VectorIndex vectors();

  TextIndex text();

  /**
   * Makes room for the generation, unless there is.
   *
   * @param whole whether nothing is what belongs there, so that it may be searched at once
   */
  void create(boolean whole);

  /** Lets searches see it: it holds what it should. They are turned away before. */
  void serve();

  /** Whether searches may see it. */
  boolean isServed();

  /**
   * Replaces documents, each at once with all that belongs to it, and forgets others. What is
   * written is found when this returns.
   *
   * @param turn a number that is greater in every later turn of the generation; what an earlier
   *     turn writes late is refused
   * @return false if there is no room for the generation, and nothing was written
   */
  boolean write(long turn, Collection<StoredFeatures> put, Collection<Long> removed);

  /** The marks of those of the documents that are there, as they were written last. */
  Map<Long, Long> marks(Collection<Long> documentIds);

  /** The marks of all documents; none if there is no room for the generation. */
  void forEachMark(MarkAction action);

  /** What is told about a document: the mark of the features that are there. */
  interface MarkAction {
    void accept(long documentId, long mark);
  }
}
