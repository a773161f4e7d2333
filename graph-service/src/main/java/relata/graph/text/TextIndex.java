package relata.graph.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words of one generation. Whatever engine keeps them, a document is found by its best chunk,
 * and is given back as it was put.
 *
 * <p>Safe for use by many threads; what {@link #apply} wrote is found as soon as it returns.
 */
public interface TextIndex {
  /** Replaces the chunks of some documents and forgets those of others. */
  void apply(Collection<TextDocument> put, Collection<Long> removed);

  /**
   * Lets go of the texts that were replaced or removed: {@link #apply} may only mark them, so that
   * they are found no more.
   */
  void dropRemoved();

  /** The documents that a query finds, best first, ties by id, each with its best chunk. */
  List<TextHit> search(TextQuery query, int limit);

  /** The chunks that a filter lets through. */
  ChunkSet passing(ChunkFilter filter);

  /** What a query scores for those of the chunks that it finds, as {@link #search} does. */
  Map<ChunkKey, Double> scores(TextQuery query, Collection<ChunkKey> chunks);

  /**
   * The words that a query looks for; {@link QueryWords#UNKNOWN} if the engine chooses them and
   * does not tell.
   */
  QueryWords words(TextQuery query);

  /** How a chunk comes to its score; nothing if the query does not find it, or none can tell. */
  default Optional<ScorePart> explain(TextQuery query, ChunkKey chunk) {
    return Optional.empty();
  }

  /** Those of the chunks that are there. */
  Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys);

  /** How many chunks there are. */
  int chunkCount();

  /**
   * What is there now, to be saved while the index goes on.
   *
   * @return nothing if the texts are kept elsewhere, so that there is nothing to save
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

  /** About how much memory of this process the index takes. */
  long sizeBytes();
}
