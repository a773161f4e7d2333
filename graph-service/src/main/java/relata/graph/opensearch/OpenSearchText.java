package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import relata.graph.text.ChunkFilter;
import relata.graph.text.ChunkKey;
import relata.graph.text.ChunkSet;
import relata.graph.text.Language;
import relata.graph.text.QueryWords;
import relata.graph.text.TextChunk;
import relata.graph.text.TextDocument;
import relata.graph.text.TextHit;
import relata.graph.text.TextIndex;
import relata.graph.text.TextQuery;

/**
 * The words of a generation in OpenSearch: BM25 over text, headings and title of every chunk, by
 * the statistics of all shards together. Which words tell a document from others, OpenSearch says.
 */
final class OpenSearchText implements TextIndex {
  private static final String SCORE = "_score";
  private static final String ORDINAL = ChunkDocument.ofChunk(ChunkDocument.ORDINAL);
  private static final String KIND = ChunkDocument.ofChunk(ChunkDocument.KIND);
  private static final List<String> SHOWN =
      List.of(
          ORDINAL,
          KIND,
          ChunkDocument.ofChunk(ChunkDocument.PATH),
          ChunkDocument.ofChunk(ChunkDocument.TEXT));

  private final OpenSearchClient client;
  private final OpenSearchConfig config;
  private final IndexNames names;
  private final Language language;
  private final AtomicLong droppedLast = new AtomicLong(System.nanoTime());

  OpenSearchText(
      OpenSearchClient client, OpenSearchConfig config, IndexNames names, Language language) {
    this.client = client;
    this.config = config;
    this.names = names;
    this.language = language;
  }

  @Override
  public void apply(Collection<TextDocument> put, Collection<Long> removed) {
    throw new UnsupportedOperationException("words are written with their vectors");
  }

  /** Begins to merge what holds replaced and removed documents, if it is time; any replica may. */
  @Override
  public void dropRemoved() {
    long last = droppedLast.get();
    long now = System.nanoTime();
    if (now - last < config.dropEvery().toNanos() || !droppedLast.compareAndSet(last, now)) {
      return;
    }
    try {
      client.post(
          "/%s/_forcemerge?only_expunge_deletes=true&wait_for_completion=false"
              .formatted(names.written()),
          Map.of());
    } catch (OpenSearchException failed) {
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }

  @Override
  public List<TextHit> search(TextQuery query, int limit) {
    List<TextHit> hits = new ArrayList<>();
    find(query, List.of(), List.of(), 1, limit, hits::add);
    return List.copyOf(hits);
  }

  @Override
  public Map<ChunkKey, Double> scores(TextQuery query, Collection<ChunkKey> chunks) {
    Set<ChunkKey> wanted = new HashSet<>(chunks);
    Set<Long> documentIds = new HashSet<>();
    Set<Integer> ordinals = new HashSet<>();
    for (ChunkKey chunk : wanted) {
      documentIds.add(chunk.documentId());
      ordinals.add(chunk.ordinal());
    }
    Map<ChunkKey, Double> scores = new HashMap<>();
    if (!wanted.isEmpty()) {
      find(
          query,
          List.of(Map.of("terms", Map.of(ChunkDocument.DOCUMENT, documentIds))),
          List.of(Map.of("terms", Map.of(ORDINAL, ordinals))),
          ordinals.size(),
          documentIds.size(),
          hit -> {
            if (wanted.contains(hit.chunk())) {
              scores.put(hit.chunk(), hit.score());
            }
          });
    }
    return scores;
  }

  /**
   * Tells the chunks that a query finds, the best {@code chunks} of each document.
   *
   * @param among filters of documents
   * @param chunksAmong filters of chunks, besides those of the query
   */
  private void find(
      TextQuery query,
      List<Map<String, Object>> among,
      List<Map<String, Object>> chunksAmong,
      int chunks,
      int limit,
      Consumer<TextHit> action) {
    Map<String, Object> words = asked(query);
    if (words.isEmpty()) {
      return;
    }
    List<Map<String, Object>> filters = new ArrayList<>(ChunkQuery.filters(query.filter()));
    filters.addAll(chunksAmong);
    Map<String, Object> nested =
        Map.of(
            "path",
            ChunkDocument.CHUNKS,
            "score_mode",
            "max",
            "query",
            Map.of("bool", Map.of("must", List.of(words), "filter", filters)),
            "inner_hits",
            Map.of(
                "size",
                chunks,
                "_source",
                false,
                "docvalue_fields",
                List.of(ORDINAL),
                "sort",
                List.of(SCORE, ORDINAL)));
    Map<String, Object> search =
        Map.of(
            "size",
            limit,
            "_source",
            false,
            "track_total_hits",
            false,
            "sort",
            List.of(SCORE, ChunkDocument.DOCUMENT),
            "query",
            Map.of(
                "bool",
                Map.of(
                    "must", List.of(Map.of("nested", nested)),
                    "filter", among,
                    "must_not", itself(query))));
    JsonNode found =
        Served.search(client, names, "&search_type=dfs_query_then_fetch", search)
            .path("hits")
            .path("hits");
    for (JsonNode hit : found) {
      long documentId = Long.parseLong(hit.path("_id").asText());
      hit.path("inner_hits")
          .path(ChunkDocument.CHUNKS)
          .path("hits")
          .path("hits")
          .forEach(chunk -> action.accept(hit(documentId, chunk)));
    }
  }

  private static TextHit hit(long documentId, JsonNode chunk) {
    return new TextHit(
        documentId,
        chunk.path("fields").path(ORDINAL).path(0).asInt(),
        chunk.path(SCORE).asDouble());
  }

  /** The analysis that the index is defined with is Lucene's own, too. */
  @Override
  public QueryWords words(TextQuery query) {
    return switch (query) {
      case TextQuery.Typed typed -> QueryWords.typed(language, typed.text(), typed.maxWords());
      case TextQuery.Like _ -> QueryWords.UNKNOWN;
    };
  }

  private Map<String, Object> asked(TextQuery query) {
    return switch (query) {
      case TextQuery.Typed typed -> ChunkQuery.typed(typed.text(), typed.maxWords());
      case TextQuery.Like like -> {
        List<String> texts = new ArrayList<>();
        shown(
            Set.of(like.documentId()),
            (documentId, chunk) -> {
              texts.add(chunk.title());
              texts.add(chunk.text());
            });
        yield texts.isEmpty() ? Map.of() : ChunkQuery.like(texts, like.maxWords());
      }
    };
  }

  private static List<Map<String, Object>> itself(TextQuery query) {
    return query instanceof TextQuery.Like like
        ? List.of(Map.of("term", Map.of(ChunkDocument.DOCUMENT, like.documentId())))
        : List.of();
  }

  /** What the metadata lets through, it lets through with all chunks. */
  @Override
  public ChunkSet passing(ChunkFilter filter) {
    ChunkSet passing = new ChunkSet();
    Map<String, Object> search = new HashMap<>();
    search.put("size", config.pageDocuments());
    search.put("_source", List.of(ORDINAL, KIND));
    search.put("track_total_hits", false);
    search.put("sort", List.of(ChunkDocument.DOCUMENT));
    search.put(
        "query",
        Map.of(
            "nested",
            Map.of(
                "path",
                ChunkDocument.CHUNKS,
                "query",
                Map.of("bool", Map.of("filter", ChunkQuery.filters(filter))))));
    JsonNode hits;
    do {
      hits = Served.search(client, names, "", search).path("hits").path("hits");
      for (JsonNode hit : hits) {
        long documentId = hit.path("sort").path(0).asLong();
        search.put("search_after", List.of(documentId));
        for (JsonNode chunk : hit.path("_source").path(ChunkDocument.CHUNKS)) {
          if (filter.kinds().isEmpty()
              || filter.kinds().contains(chunk.path(ChunkDocument.KIND).asText())) {
            passing.add(documentId, chunk.path(ChunkDocument.ORDINAL).asInt());
          }
        }
      }
    } while (hits.size() == config.pageDocuments());
    return passing;
  }

  @Override
  public Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys) {
    Set<Long> documentIds = new HashSet<>();
    keys.forEach(key -> documentIds.add(key.documentId()));
    Set<ChunkKey> wanted = new HashSet<>(keys);
    Map<ChunkKey, TextChunk> chunks = new HashMap<>();
    shown(
        documentIds,
        (documentId, chunk) -> {
          ChunkKey key = new ChunkKey(documentId, chunk.ordinal());
          if (wanted.contains(key)) {
            chunks.put(key, chunk);
          }
        });
    return chunks;
  }

  private interface ChunkAction {
    void accept(long documentId, TextChunk chunk);
  }

  private void shown(Collection<Long> documentIds, ChunkAction action) {
    new Fetch(client, names.served(), config.pageDocuments())
        .documents(
            documentIds,
            SHOWN,
            (documentId, source) ->
                source
                    .path(ChunkDocument.CHUNKS)
                    .forEach(chunk -> action.accept(documentId, ChunkDocument.readChunk(chunk))));
  }

  @Override
  public int chunkCount() {
    return Served.chunkCount(client, names);
  }

  /** Nothing of this process. */
  @Override
  public long sizeBytes() {
    return 0;
  }
}
