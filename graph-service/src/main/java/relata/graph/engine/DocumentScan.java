package relata.graph.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;

/** Compares documents with all that one state holds: their chunks share the passes over it. */
final class DocumentScan {
  private final Kernels kernels;
  private final State state;
  private final double minSimilarity;
  private final LongPredicate among;

  DocumentScan(Kernels kernels, State state, double minSimilarity, LongPredicate among) {
    this.kernels = kernels;
    this.state = state;
    this.minSimilarity = minSimilarity;
    this.among = among;
  }

  private record Chunk(Matches matches, int ordinal, Query query) {}

  /** In the order of the documents. */
  List<Matches> matches(List<DocumentVectors> documents) {
    List<Matches> results = new ArrayList<>(documents.size());
    Map<Integer, List<Chunk>> byDimension = new HashMap<>();
    for (DocumentVectors document : documents) {
      Matches matches = new Matches(document.documentId());
      results.add(matches);
      for (int i = 0; i < document.ordinals().length; i++) {
        Query query = new Query(document.vector(i));
        if (query.hasDirection()) {
          byDimension
              .computeIfAbsent(document.dimension(), dimension -> new ArrayList<>())
              .add(new Chunk(matches, document.ordinals()[i], query));
        }
      }
    }
    byDimension.values().forEach(this::compare);
    return results;
  }

  private void compare(List<Chunk> chunks) {
    for (int from = 0; from < chunks.size(); from += Panel.QUERIES) {
      List<Chunk> some = chunks.subList(from, Math.min(from + Panel.QUERIES, chunks.size()));
      List<Query> queries = some.stream().map(Chunk::query).toList();
      new RangeScan(kernels, state, queries, minSimilarity, new Found(some)).run();
    }
  }

  private final class Found implements RangeScan.Pairs {
    private final List<Chunk> chunks;

    Found(List<Chunk> chunks) {
      this.chunks = chunks;
    }

    @Override
    public boolean isWanted(int query, long documentId) {
      return documentId != chunks.get(query).matches().documentId() && among.test(documentId);
    }

    @Override
    public void found(int query, long documentId, int ordinal, double similarity) {
      Chunk chunk = chunks.get(query);
      chunk.matches().offer(documentId, similarity, chunk.ordinal(), ordinal);
    }
  }
}
