package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import relata.graph.generation.IndexAwayException;
import relata.graph.generation.SharedStore;
import relata.graph.generation.StoredFeatures;
import relata.graph.text.Language;
import relata.graph.text.TextIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/** One generation as an index of OpenSearch. */
final class OpenSearchStore implements SharedStore {
  private static final int MARKS_AT_A_TIME = 5000;

  private final OpenSearchClient client;
  private final OpenSearchConfig config;
  private final IndexNames names;
  private final Language language;
  private final VectorIndex vectors;
  private final TextIndex text;

  /** The dimensions that the mapping certainly has a field for. */
  private final Set<Integer> mapped = ConcurrentHashMap.newKeySet();

  OpenSearchStore(
      OpenSearchClient client, OpenSearchConfig config, IndexNames names, Language language) {
    this.client = client;
    this.config = config;
    this.names = names;
    this.language = language;
    vectors = new OpenSearchVectors(client, config, names);
    text = new OpenSearchText(client, config, names, language);
  }

  @Override
  public VectorIndex vectors() {
    return vectors;
  }

  @Override
  public TextIndex text() {
    return text;
  }

  @Override
  public void create(boolean whole) {
    mapped.clear();
    try {
      client.put("/" + names.index(), IndexDefinition.of(config, names, language, whole));
    } catch (OpenSearchException failed) {
      if (!failed.isThereAlready()) {
        throw failed;
      }
    }
  }

  @Override
  public boolean isServed() {
    try {
      return !client.get("/_alias/" + names.served()).isEmpty();
    } catch (OpenSearchException failed) {
      if (failed.isNotFound()) {
        return false;
      }
      throw failed;
    }
  }

  @Override
  public void serve() {
    create(true);
    client.post(
        "/_aliases",
        Map.of(
            "actions",
            List.of(Map.of("add", Map.of("index", names.index(), "alias", names.served())))));
  }

  @Override
  public boolean write(long turn, Collection<StoredFeatures> put, Collection<Long> removed) {
    try {
      put.forEach(features -> features.vectors().ifPresent(this::map));
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (StoredFeatures features : put) {
        line(lines, Map.of("index", version(features.documentId(), turn)));
        line(lines, ChunkDocument.write(features));
        if (lines.size() > config.writeBytes()) {
          send(lines);
        }
      }
      for (long documentId : removed) {
        line(lines, Map.of("delete", version(documentId, turn)));
      }
      send(lines);
      refresh();
      return true;
    } catch (OpenSearchException failed) {
      if (failed.isNotFound()) {
        return false;
      }
      mapped.clear();
      throw failed;
    }
  }

  private void map(DocumentVectors found) {
    if (!mapped.contains(found.dimension())) {
      client.put(
          "/%s/_mapping".formatted(names.written()), IndexDefinition.unitField(found.dimension()));
      mapped.add(found.dimension());
    }
  }

  /** What was written with a later turn is not replaced; the same turn may write again. */
  private static Map<String, Object> version(long documentId, long turn) {
    return Map.of(
        "_id", Long.toString(documentId), "version", turn, "version_type", "external_gte");
  }

  private void line(ByteArrayOutputStream lines, Object value) {
    lines.writeBytes(client.write(value));
    lines.write('\n');
  }

  private void send(ByteArrayOutputStream lines) {
    if (lines.size() == 0) {
      return;
    }
    JsonNode answer =
        client.postLines(
            "/%s/_bulk?require_alias=true".formatted(names.written()), lines.toByteArray());
    lines.reset();
    if (answer.path("errors").asBoolean()) {
      answer.path("items").forEach(item -> item.forEach(OpenSearchStore::check));
    }
  }

  /** That there is nothing to delete is no error, and does not say so. */
  private static void check(JsonNode done) {
    if (!done.has("error")) {
      return;
    }
    int status = done.path("status").asInt();
    throw status == 409
        ? new IndexAwayException("another replica has had its turn meanwhile")
        : OpenSearchClient.failure(status, done);
  }

  private void refresh() {
    JsonNode shards =
        client.post("/%s/_refresh".formatted(names.written()), Map.of()).path("_shards");
    if (shards.path("failed").asInt() > 0) {
      throw new IndexAwayException("OpenSearch cannot refresh all shards of " + names.index());
    }
  }

  @Override
  public Map<Long, Long> marks(Collection<Long> documentIds) {
    Map<Long, Long> marks = new HashMap<>();
    new Fetch(client, names.written(), config.pageDocuments())
        .documents(
            documentIds,
            List.of(ChunkDocument.MARK),
            (documentId, source) ->
                marks.put(documentId, source.path(ChunkDocument.MARK).asLong()));
    return marks;
  }

  @Override
  public void forEachMark(MarkAction action) {
    Map<String, Object> query = new HashMap<>();
    query.put("size", MARKS_AT_A_TIME);
    query.put("_source", false);
    query.put("docvalue_fields", List.of(ChunkDocument.MARK));
    query.put("sort", List.of(ChunkDocument.DOCUMENT));
    query.put("track_total_hits", false);
    String path = "/%s/_search?allow_partial_search_results=false".formatted(names.written());
    try {
      JsonNode hits;
      do {
        hits = client.post(path, query).path("hits").path("hits");
        for (JsonNode hit : hits) {
          long documentId = hit.path("sort").path(0).asLong();
          action.accept(documentId, hit.path("fields").path(ChunkDocument.MARK).path(0).asLong());
          query.put("search_after", List.of(documentId));
        }
      } while (hits.size() == MARKS_AT_A_TIME);
    } catch (OpenSearchException failed) {
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }
}
