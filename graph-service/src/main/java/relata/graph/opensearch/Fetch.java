package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import relata.graph.generation.IndexAwayException;

/** Reads documents by their ids, as they were written last, some at a time. */
final class Fetch {
  private final OpenSearchClient client;
  private final String alias;
  private final int pageDocuments;

  Fetch(OpenSearchClient client, String alias, int pageDocuments) {
    this.client = client;
    this.alias = alias;
    this.pageDocuments = pageDocuments;
  }

  interface Action {
    void accept(long documentId, JsonNode source);
  }

  /** Tells those that are there. */
  void documents(Collection<Long> documentIds, List<String> fields, Action action) {
    List<Long> all = new ArrayList<>(documentIds);
    String path = "/%s/_mget?_source_includes=%s".formatted(alias, String.join(",", fields));
    for (int from = 0; from < all.size(); from += pageDocuments) {
      List<String> ids =
          all.subList(from, Math.min(from + pageDocuments, all.size())).stream()
              .map(id -> Long.toString(id))
              .toList();
      for (JsonNode found : client.post(path, Map.of("ids", ids)).path("docs")) {
        read(found, action);
      }
    }
  }

  private static void read(JsonNode found, Action action) {
    if (found.path("found").asBoolean()) {
      action.accept(Long.parseLong(found.path("_id").asText()), found.path("_source"));
    } else if (found.has("error")
        && !found.path("error").path("type").asText().equals("index_not_found_exception")) {
      throw new IndexAwayException(
          "OpenSearch cannot fetch now: " + found.path("error").path("reason").asText());
    }
  }
}
