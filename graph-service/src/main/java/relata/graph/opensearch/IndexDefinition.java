package relata.graph.opensearch;

import java.util.List;
import java.util.Map;
import relata.graph.text.Language;

/** What an index is made with. */
final class IndexDefinition {
  /** Chunks of a document; OpenSearch allows 10,000 by default. */
  private static final int MAX_CHUNKS = 1_000_000;

  /** As Lucene's own defaults, which are OpenSearch's too: a graph of usual quality. */
  private static final Map<String, Object> GRAPH = Map.of("m", 16, "ef_construction", 100);

  /** What can be found and is never shown. */
  private static final List<String> NOT_KEPT =
      List.of(
          ChunkDocument.ofChunk(ChunkDocument.UNIT) + "*",
          ChunkDocument.ofChunk(ChunkDocument.ATTRIBUTES));

  private IndexDefinition() {}

  /**
   * Nothing is added to the mapping by itself, and nothing is refreshed by the clock: whoever
   * writes refreshes once, at the end.
   */
  static Map<String, Object> of(
      OpenSearchConfig config, IndexNames names, Language language, boolean served) {
    Map<String, Object> aliases =
        served
            ? Map.of(names.written(), Map.of(), names.served(), Map.of())
            : Map.of(names.written(), Map.of());
    return Map.of(
        "settings",
        Map.of(
            "index",
            Map.of(
                "knn",
                true,
                "number_of_shards",
                config.shards(),
                "number_of_replicas",
                config.copies(),
                "refresh_interval",
                -1,
                "merge.policy.expunge_deletes_allowed",
                0,
                "mapping.nested_objects.limit",
                MAX_CHUNKS)),
        "mappings",
        Map.of(
            "dynamic", "strict",
            "_source", Map.of("excludes", NOT_KEPT),
            "properties",
                Map.of(
                    ChunkDocument.DOCUMENT, Map.of("type", "long"),
                    ChunkDocument.MARK, Map.of("type", "long", "index", false),
                    ChunkDocument.CHUNKS, chunks(chunkFields(language)))),
        "aliases",
        aliases);
  }

  /** The field for searching vectors of a dimension. */
  static Map<String, Object> unitField(int dimension) {
    return Map.of(
        "properties",
        Map.of(
            ChunkDocument.CHUNKS,
            chunks(
                Map.of(
                    ChunkDocument.unitField(dimension),
                    Map.of(
                        "type",
                        "knn_vector",
                        "dimension",
                        dimension,
                        "method",
                        Map.of(
                            "name", "hnsw",
                            "engine", "lucene",
                            "space_type", "innerproduct",
                            "parameters", GRAPH))))));
  }

  private static Map<String, Object> chunks(Map<String, Object> fields) {
    return Map.of("type", "nested", "properties", fields);
  }

  /** The analyzers that OpenSearch has built in are Lucene's, as those of an embedded index. */
  private static String analyzer(Language language) {
    return switch (language) {
      case DA -> "danish";
      case DE -> "german";
      case EN -> "english";
      case ES -> "spanish";
      case FI -> "finnish";
      case FR -> "french";
      case IT -> "italian";
      case NL -> "dutch";
      case NO -> "norwegian";
      case PT -> "portuguese";
      case RU -> "russian";
      case SV -> "swedish";
      case STANDARD -> "standard";
    };
  }

  /** All words are kept as they are written, too: what a stem leaves has other beginnings. */
  private static Map<String, Object> chunkFields(Language language) {
    Map<String, Object> words =
        Map.of(
            "type",
            "text",
            "analyzer",
            analyzer(language),
            "copy_to",
            ChunkDocument.ofChunk(ChunkDocument.WRITTEN));
    return Map.of(
        ChunkDocument.ORDINAL, Map.of("type", "integer"),
        ChunkDocument.KIND, Map.of("type", "keyword"),
        ChunkDocument.PATH, Map.of("type", "keyword", "index", false, "doc_values", false),
        ChunkDocument.TITLE, words,
        ChunkDocument.HEADINGS, words,
        ChunkDocument.TEXT, words,
        ChunkDocument.WRITTEN,
            Map.of("type", "text", "analyzer", "standard", "norms", false, "index_options", "docs"),
        ChunkDocument.ATTRIBUTES, Map.of("type", "keyword", "doc_values", false),
        ChunkDocument.VECTOR, Map.of("type", "binary"));
  }
}
