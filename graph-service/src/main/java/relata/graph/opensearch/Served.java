package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import relata.graph.generation.IndexAwayException;

/** Searches of what may be searched. */
final class Served {
  private Served() {}

  /**
   * @param parameters of the address, each with an ampersand before it
   * @throws IndexAwayException if the index is missing, or does not hold yet what it should
   */
  static JsonNode search(
      OpenSearchClient client, IndexNames names, String parameters, Map<String, Object> search) {
    try {
      return client.post(
          "/%s/_search?allow_partial_search_results=false%s".formatted(names.served(), parameters),
          search);
    } catch (OpenSearchException failed) {
      throw failed.isNotFound() ? missing(names, failed) : failed;
    }
  }

  static int documentCount(OpenSearchClient client, IndexNames names) {
    return Math.toIntExact(
        client.get("/%s/_count".formatted(names.served())).path("count").asLong());
  }

  /** Of what OpenSearch counts, a document is one and each of its chunks another. */
  static int chunkCount(OpenSearchClient client, IndexNames names) {
    JsonNode all =
        client.get("/%s/_stats/docs".formatted(names.served())).path("_all").path("primaries");
    return Math.toIntExact(all.path("docs").path("count").asLong() - documentCount(client, names));
  }

  private static IndexAwayException missing(IndexNames names, OpenSearchException failed) {
    return new IndexAwayException(
        "index %s is missing, or being made anew".formatted(names.served()), failed);
  }
}
