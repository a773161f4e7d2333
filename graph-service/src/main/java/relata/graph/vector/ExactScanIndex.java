package relata.graph.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Compares with every vector there is. Readers take no lock: they scan the blocks that were
 * published last, which are never changed; a writer publishes copies of the blocks it touched.
 */
public final class ExactScanIndex implements VectorIndex {
  private final Map<Integer, Rows> rowsByDimension = new HashMap<>();
  private final Map<Long, Placement> placements = new HashMap<>();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), 0, 0);

  /** Where the vectors of a document are. */
  private record Placement(Rows rows, int[] positions) {}

  private record Snapshot(Map<Integer, Block[]> blocks, int documents, int chunks) {
    Block[] of(int dimension) {
      return blocks.getOrDefault(dimension, Rows.NO_BLOCKS);
    }
  }

  /** One chunk of a document that is compared with the whole index. */
  private record Query(Matches matches, int ordinal, double[] vector, double norm) {}

  @Override
  public synchronized Set<Long> apply(Collection<DocumentVectors> put, Collection<Long> removed) {
    Set<Long> changed = new HashSet<>();
    for (long documentId : removed) {
      if (remove(documentId)) {
        changed.add(documentId);
      }
    }
    for (DocumentVectors document : put) {
      Placement known = placements.get(document.documentId());
      if (known == null || !known.rows().holds(known.positions(), document)) {
        remove(document.documentId());
        Rows rows = rowsByDimension.computeIfAbsent(document.dimension(), Rows::new);
        placements.put(document.documentId(), new Placement(rows, rows.add(document)));
        changed.add(document.documentId());
      }
    }
    if (!changed.isEmpty()) {
      publish();
    }
    return changed;
  }

  private boolean remove(long documentId) {
    Placement placement = placements.remove(documentId);
    if (placement == null) {
      return false;
    }
    placement.rows().remove(placement.positions());
    return true;
  }

  private void publish() {
    rowsByDimension.values().removeIf(rows -> rows.used() == 0);
    Map<Integer, Block[]> blocks = new HashMap<>();
    int chunks = 0;
    for (Rows rows : rowsByDimension.values()) {
      blocks.put(rows.dimension(), rows.publish());
      chunks += rows.used();
    }
    snapshot = new Snapshot(Map.copyOf(blocks), placements.size(), chunks);
  }

  @Override
  public synchronized Map<Long, DocumentVectors> vectors(Collection<Long> documentIds) {
    Map<Long, DocumentVectors> found = new LinkedHashMap<>();
    for (long documentId : documentIds) {
      Placement placement = placements.get(documentId);
      if (placement != null) {
        found.put(documentId, placement.rows().read(documentId, placement.positions()));
      }
    }
    return found;
  }

  @Override
  public List<Matches> matches(
      List<DocumentVectors> documents, double minSimilarity, LongPredicate among) {
    Snapshot current = snapshot;
    List<Matches> results = new ArrayList<>(documents.size());
    Map<Integer, List<Query>> queries = new HashMap<>();
    for (DocumentVectors document : documents) {
      Matches matches = new Matches(document.documentId());
      results.add(matches);
      addQueries(
          document, matches, queries.computeIfAbsent(document.dimension(), d -> new ArrayList<>()));
    }
    queries.forEach(
        (dimension, ofDimension) ->
            match(current.of(dimension), ofDimension, minSimilarity, among));
    return results;
  }

  private static void match(
      Block[] blocks, List<Query> queries, double minSimilarity, LongPredicate among) {
    double[][] vectors = queries.stream().map(Query::vector).toArray(double[][]::new);
    double[] norms = queries.stream().mapToDouble(Query::norm).toArray();
    double[][] cosines = new double[queries.size()][Block.ROWS];
    for (Block block : blocks) {
      // While many documents arrive, most blocks may hold none that is linked yet.
      if (block.holdsAny(among)) {
        block.cosines(vectors, norms, cosines);
        for (int i = 0; i < cosines.length; i++) {
          collect(block, queries.get(i), cosines[i], minSimilarity, among);
        }
      }
    }
  }

  private static void addQueries(DocumentVectors document, Matches matches, List<Query> queries) {
    int dimension = document.dimension();
    for (int i = 0; i < document.count(); i++) {
      queries.add(
          new Query(
              matches,
              document.ordinals()[i],
              Similarity.widen(document.values(), i * dimension, dimension),
              Similarity.norm(document.values(), i * dimension, dimension)));
    }
  }

  private static void collect(
      Block block, Query query, double[] cosines, double minSimilarity, LongPredicate among) {
    Matches matches = query.matches();
    for (int row = 0; row < Block.ROWS; row++) {
      if (cosines[row] >= minSimilarity) {
        long other = block.documentIds[row];
        if (other != matches.documentId() && among.test(other)) {
          matches.offer(other, cosines[row], query.ordinal(), block.ordinals[row]);
        }
      }
    }
  }

  @Override
  public List<Hit> nearest(float[] vector, int limit) {
    double[][] query = {Similarity.widen(vector, 0, vector.length)};
    double[] norm = {Similarity.norm(vector, 0, vector.length)};
    double[][] cosines = new double[1][Block.ROWS];
    BestHits best = new BestHits(limit);
    for (Block block : snapshot.of(vector.length)) {
      block.cosines(query, norm, cosines);
      for (int row = 0; row < Block.ROWS; row++) {
        best.offer(block.documentIds[row], block.ordinals[row], cosines[0][row]);
      }
    }
    return best.inOrder();
  }

  @Override
  public int documentCount() {
    return snapshot.documents();
  }

  @Override
  public int chunkCount() {
    return snapshot.chunks();
  }

  @Override
  public long sizeBytes() {
    long size = 0;
    for (Block[] blocks : snapshot.blocks().values()) {
      for (Block block : blocks) {
        size += block.sizeBytes();
      }
    }
    return size;
  }
}
