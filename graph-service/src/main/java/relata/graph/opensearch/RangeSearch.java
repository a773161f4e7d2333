package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.graph.vector.DocumentVectors;

/**
 * Finds all documents that may be similar enough: every vector is compared, in float numbers, and
 * whatever these may be wrong by is allowed for.
 */
final class RangeSearch {
  /** As many as OpenSearch gives at a time. */
  private static final int PAGE = 10_000;

  private final OpenSearchClient client;
  private final String alias;

  RangeSearch(OpenSearchClient client, String alias) {
    this.client = client;
    this.alias = alias;
  }

  /** A chunk's vector, what it found, and after which document there may be more. */
  private static final class Probe {
    final float[] unit;
    final Set<Long> found;
    Optional<Long> after = Optional.empty();

    Probe(float[] unit, Set<Long> found) {
      this.unit = unit;
      this.found = found;
    }
  }

  /** For each of the documents at least all that are similar enough; perhaps itself, too. */
  List<Set<Long>> candidates(List<DocumentVectors> documents, double minSimilarity) {
    List<Set<Long>> candidates = new ArrayList<>();
    List<Probe> probes = new ArrayList<>();
    for (DocumentVectors document : documents) {
      Set<Long> found = new HashSet<>();
      candidates.add(found);
      for (int i = 0; i < document.ordinals().length; i++) {
        ChunkDocument.unit(document.vector(i))
            .ifPresent(unit -> probes.add(new Probe(unit, found)));
      }
    }
    List<Probe> open = probes;
    while (!open.isEmpty()) {
      open = ask(open, minSimilarity);
    }
    return candidates;
  }

  /** Returns those that there may be more for. */
  private List<Probe> ask(List<Probe> probes, double minSimilarity) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Probe probe : probes) {
      lines.writeBytes(client.write(Map.of("allow_partial_search_results", false)));
      lines.write('\n');
      lines.writeBytes(client.write(search(probe, minSimilarity)));
      lines.write('\n');
    }
    JsonNode answers =
        client.postLines("/%s/_msearch".formatted(alias), lines.toByteArray()).path("responses");
    List<Probe> open = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe probe = probes.get(i);
      JsonNode answer = answers.path(i);
      if (answer.has("error")) {
        throw OpenSearchClient.failure(answer.path("status").asInt(), answer);
      }
      JsonNode hits = answer.path("hits").path("hits");
      for (JsonNode hit : hits) {
        long documentId = hit.path("sort").path(0).asLong();
        probe.found.add(documentId);
        probe.after = Optional.of(documentId);
      }
      if (hits.size() == PAGE) {
        open.add(probe);
      }
    }
    return open;
  }

  private static Map<String, Object> search(Probe probe, double minSimilarity) {
    String field = ChunkDocument.ofChunk(ChunkDocument.unitField(probe.unit.length));
    Map<String, Object> search = new HashMap<>();
    search.put("size", PAGE);
    search.put("_source", false);
    search.put("track_total_hits", false);
    search.put("sort", List.of(ChunkDocument.DOCUMENT));
    probe.after.ifPresent(documentId -> search.put("search_after", List.of(documentId)));
    search.put(
        "query",
        Map.of(
            "nested",
            Map.of(
                "path",
                ChunkDocument.CHUNKS,
                "score_mode",
                "max",
                "query",
                Map.of(
                    "script_score",
                    Map.of(
                        "query", Map.of("exists", Map.of("field", field)),
                        "script",
                            Map.of(
                                "lang", "knn",
                                "source", "knn_score",
                                "params",
                                    Map.of(
                                        "field",
                                        field,
                                        "query_value",
                                        probe.unit,
                                        "space_type",
                                        "innerproduct")),
                        "min_score", score(minSimilarity - margin(probe.unit.length)))))));
    return search;
  }

  /** How OpenSearch makes a score, which must not be negative, of an inner product. */
  private static double score(double product) {
    return product >= 0 ? 1 + product : 1 / (1 - product);
  }

  /**
   * A sum of n products of float numbers, in any order, is off by at most n·2⁻²⁴ times the vectors'
   * lengths, which are 1 but for the rounding of their numbers; the score is rounded once more.
   * Twice of all that.
   */
  private static double margin(int dimension) {
    return 2 * (dimension + 8) * 0x1p-24;
  }
}
