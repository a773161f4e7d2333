package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import relata.graph.vector.BestHits;
import relata.graph.vector.ChunkPredicate;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.Similarity;
import relata.graph.vector.VectorIndex;

/**
 * The vectors of a generation in OpenSearch. {@link #matches} has every vector compared, without
 * the graph, so that none is left out; {@link #nearest} takes candidates from the graph, and may
 * miss one. Either ranks by {@link Similarity} of the vectors as they were stored.
 */
final class OpenSearchVectors implements VectorIndex {
  /** Twice as many candidates are looked at, and k-NN gives 10,000 at most. */
  private static final int MOST_ASKED = 5_000;

  private static final List<String> FIELDS =
      List.of(
          ChunkDocument.ofChunk(ChunkDocument.ORDINAL),
          ChunkDocument.ofChunk(ChunkDocument.VECTOR));

  private final OpenSearchClient client;
  private final OpenSearchConfig config;
  private final IndexNames names;

  OpenSearchVectors(OpenSearchClient client, OpenSearchConfig config, IndexNames names) {
    this.client = client;
    this.config = config;
    this.names = names;
  }

  @Override
  public Set<Long> apply(Collection<DocumentVectors> put, Collection<Long> removed) {
    throw new UnsupportedOperationException("vectors are written with their words");
  }

  @Override
  public Map<Long, DocumentVectors> vectors(Collection<Long> documentIds) {
    Map<Long, DocumentVectors> vectors = new HashMap<>();
    fetch(names.written(), documentIds, found -> vectors.put(found.documentId(), found));
    return vectors;
  }

  private interface VectorAction {
    void accept(DocumentVectors vectors);
  }

  private void fetch(String alias, Collection<Long> documentIds, VectorAction action) {
    new Fetch(client, alias, config.pageDocuments())
        .documents(
            documentIds,
            FIELDS,
            (documentId, source) ->
                ChunkDocument.readVectors(documentId, source).ifPresent(action::accept));
  }

  @Override
  public List<Matches> matches(
      List<DocumentVectors> documents, double minSimilarity, LongPredicate among) {
    List<Matches> matches = new ArrayList<>();
    Map<Long, List<Pair>> asking = new HashMap<>();
    List<Set<Long>> candidates =
        new RangeSearch(client, names.written()).candidates(documents, minSimilarity);
    for (int i = 0; i < documents.size(); i++) {
      DocumentVectors document = documents.get(i);
      Pair pair = new Pair(document, new Matches(document.documentId()));
      matches.add(pair.matches());
      for (long other : candidates.get(i)) {
        if (other != document.documentId() && among.test(other)) {
          asking.computeIfAbsent(other, id -> new ArrayList<>()).add(pair);
        }
      }
    }
    fetch(
        names.written(),
        asking.keySet(),
        other ->
            asking.get(other.documentId()).forEach(pair -> pair.compare(other, minSimilarity)));
    return matches;
  }

  /** A document and what it is found to be similar to. */
  private record Pair(DocumentVectors document, Matches matches) {
    void compare(DocumentVectors other, double minSimilarity) {
      if (other.dimension() != document.dimension()) {
        return;
      }
      for (int i = 0; i < document.ordinals().length; i++) {
        Query query = new Query(document.vector(i));
        for (int j = 0; j < other.ordinals().length; j++) {
          double similarity = query.similarity(other, j);
          if (similarity >= minSimilarity) {
            matches.offer(
                other.documentId(), similarity, document.ordinals()[i], other.ordinals()[j]);
          }
        }
      }
    }
  }

  @Override
  public List<Hit> nearest(float[] vector, int limit) {
    return ChunkDocument.unit(vector)
        .map(unit -> nearest(new Query(vector), unit, limit))
        .orElse(List.of());
  }

  /**
   * Asks for more until enough of them pass. It may miss more than a search among all does: what is
   * asked for is bounded by what k-NN gives at most.
   */
  @Override
  public List<Hit> nearest(float[] vector, int limit, ChunkPredicate among) {
    List<Hit> passing = List.of();
    int asked = 0;
    for (int next = 4 * limit; asked < MOST_ASKED && passing.size() < limit; next *= 4) {
      asked = Math.min(next, MOST_ASKED);
      List<Hit> found = nearest(vector, asked);
      passing =
          found.stream()
              .filter(hit -> among.test(hit.documentId(), hit.chunk()))
              .limit(limit)
              .toList();
      if (found.size() < asked) {
        break;
      }
    }
    return passing;
  }

  private List<Hit> nearest(Query query, float[] unit, int limit) {
    String field = ChunkDocument.ofChunk(ChunkDocument.unitField(unit.length));
    int candidates = Math.max(config.candidates(), 2 * limit);
    Map<String, Object> search =
        Map.of(
            "size",
            candidates,
            "_source",
            FIELDS,
            "track_total_hits",
            false,
            "query",
            Map.of(
                "nested",
                Map.of(
                    "path",
                    ChunkDocument.CHUNKS,
                    "score_mode",
                    "max",
                    "ignore_unmapped",
                    true,
                    "query",
                    Map.of("knn", Map.of(field, Map.of("vector", unit, "k", candidates))))));
    BestHits best = new BestHits(limit);
    for (JsonNode hit : Served.search(client, names, "", search).path("hits").path("hits")) {
      ChunkDocument.readVectors(Long.parseLong(hit.path("_id").asText()), hit.path("_source"))
          .ifPresent(found -> query.offer(found, best));
    }
    return best.inOrder();
  }

  /** A vector whose length is known. */
  private static final class Query {
    private final double[] vector;
    private final double norm;

    Query(float[] values) {
      vector = Similarity.widen(values, 0, values.length);
      norm = Similarity.norm(values, 0, values.length);
    }

    double similarity(DocumentVectors other, int index) {
      float[] values = other.vector(index);
      return Similarity.cosine(
          Similarity.dot(vector, values, 0), norm, Similarity.norm(values, 0, values.length));
    }

    void offer(DocumentVectors found, BestHits best) {
      if (found.dimension() == vector.length) {
        for (int i = 0; i < found.ordinals().length; i++) {
          best.offer(found.documentId(), found.ordinals()[i], similarity(found, i));
        }
      }
    }
  }

  @Override
  public int documentCount() {
    return Served.documentCount(client, names);
  }

  @Override
  public int chunkCount() {
    return Served.chunkCount(client, names);
  }

  /** Nothing of this process. */
  @Override
  public Size size() {
    return new Size(0, 0);
  }
}
