package relata.graph.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The vectors of one generation. Whatever engine finds the candidates, the similarities it reports
 * are those of {@link Similarity}, and {@link #matches} leaves no pair out: an approximate engine
 * finds candidates with a margin and ranks them again exactly.
 *
 * <p>Vectors of different dimensions are not comparable and never match.
 *
 * <p>Safe for use by many threads. Every call but {@link #vectors} sees one state of the index, all
 * or nothing of each {@link #apply}.
 */
public interface VectorIndex {
  /**
   * Replaces the vectors of the documents in {@code put} and forgets those of {@code removed}; a
   * document must not be in both. Putting what is there already changes nothing.
   *
   * @return the documents that changed
   */
  Set<Long> apply(Collection<DocumentVectors> put, Collection<Long> removed);

  /**
   * The vectors of those of the documents that are there. Each is whole, as it was at one moment of
   * the call, but not all at the same: one that is being put may be there a little before it is
   * found by others.
   */
  Map<Long, DocumentVectors> vectors(Collection<Long> documentIds);

  /**
   * For each of the documents every other one that {@code among} accepts with a similarity of at
   * least {@code minSimilarity}. The similarity of two documents is the greatest of their pairs of
   * chunks; the evidence, among equal pairs, has the lowest ordinal of the lower document id, then
   * the lowest of the other.
   *
   * @return one entry a document, in the order asked
   */
  List<Matches> matches(List<DocumentVectors> documents, double minSimilarity, LongPredicate among);

  /**
   * The {@code limit} documents most similar to a vector, best first, ties by id, each with its
   * best chunk, ties by ordinal. Nothing for a zero vector or one of another dimension.
   */
  List<Hit> nearest(float[] vector, int limit);

  /**
   * As {@link #nearest(float[], int)}, but with less effort some may be missed; an index that knows
   * no efforts searches as it does.
   */
  default List<Hit> nearest(float[] vector, int limit, Effort effort) {
    return nearest(vector, limit);
  }

  /**
   * As {@link #nearest(float[], int)} among some of the chunks: the best of those, none missed. An
   * index may remember what the same object answered.
   */
  List<Hit> nearest(float[] vector, int limit, ChunkPredicate among);

  /**
   * As {@link #nearest(float[], int)} of each of some vectors of one dimension, which an index may
   * look for together.
   */
  default List<List<Hit>> nearest(List<float[]> vectors, int limit) {
    return vectors.stream().map(vector -> nearest(vector, limit)).toList();
  }

  /** The same among some of the chunks. */
  default List<List<Hit>> nearest(List<float[]> vectors, int limit, ChunkPredicate among) {
    return vectors.stream().map(vector -> nearest(vector, limit, among)).toList();
  }

  /** How many lists it keeps its vectors in, of which an effort may leave some out. */
  default int lists() {
    return 1;
  }

  int documentCount();

  int chunkCount();

  /**
   * What is there now, to be saved while the index goes on.
   *
   * @return nothing if the vectors are kept elsewhere, so that there is nothing to save
   */
  default Optional<Frozen> freeze() {
    return Optional.empty();
  }

  /** One state of an index. It is kept in memory until it is closed. */
  interface Frozen extends AutoCloseable {
    /**
     * Writes files into an empty folder.
     *
     * @throws IOException if the disk has no room for them
     */
    void save(Path folder) throws IOException;

    @Override
    void close();
  }

  /** About how much memory the vectors take. */
  Size size();

  /**
   * @param heapBytes what finds vectors
   * @param vectorBytes the vectors themselves, outside of the heap; where they are mapped from a
   *     file, the system takes this memory back when it needs it
   */
  record Size(long heapBytes, long vectorBytes) {}

  /** A document found by {@link #nearest}. */
  record Hit(long documentId, int chunk, double similarity) {}
}
