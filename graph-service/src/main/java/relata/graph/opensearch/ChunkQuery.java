package relata.graph.opensearch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import relata.graph.text.ChunkFilter;
import relata.graph.text.Condition;
import relata.graph.text.TypedText;
import relata.graph.text.Value;

/** What is asked of a chunk, in OpenSearch's terms. */
final class ChunkQuery {
  /** A word of the title says more than one of the text, which it also adds a little to. */
  private static final List<String> FIELDS =
      List.of(
          ChunkDocument.ofChunk(ChunkDocument.TEXT),
          ChunkDocument.ofChunk(ChunkDocument.HEADINGS),
          ChunkDocument.ofChunk(ChunkDocument.TITLE) + "^2");

  private static final List<String> LIKE_FIELDS =
      List.of(
          ChunkDocument.ofChunk(ChunkDocument.TEXT), ChunkDocument.ofChunk(ChunkDocument.TITLE));

  private static final double TIE_BREAKER = 0.1;
  private static final double EXPANSION_SCORE = 0.5;
  private static final String WRITTEN = ChunkDocument.ofChunk(ChunkDocument.WRITTEN);
  private static final String ATTRIBUTES = ChunkDocument.ofChunk(ChunkDocument.ATTRIBUTES);

  private final List<Map<String, Object>> must = new ArrayList<>();
  private final List<Map<String, Object>> should = new ArrayList<>();
  private int wordsLeft;

  private ChunkQuery(int maxWords) {
    wordsLeft = maxWords;
  }

  /**
   * All phrases, and one of the words or prefixes if there is no phrase; nothing else that is typed
   * has a meaning. Empty if there is nothing to look for.
   */
  static Map<String, Object> typed(String text, int maxWords) {
    ChunkQuery query = new ChunkQuery(maxWords);
    TypedText typed = TypedText.of(text);
    typed.phrases().forEach(query::addPhrase);
    typed.prefixes().forEach(query::addPrefix);
    Set<String> words = new LinkedHashSet<>();
    Arrays.stream(typed.words().toLowerCase(Locale.ROOT).split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    words.forEach(query::addWord);
    return query.built();
  }

  /** The telling words of some texts. */
  static Map<String, Object> like(List<String> texts, int maxWords) {
    return Map.of(
        "more_like_this",
        Map.of(
            "fields",
            LIKE_FIELDS,
            "like",
            texts,
            "max_query_terms",
            maxWords,
            "min_term_freq",
            1,
            "min_doc_freq",
            1,
            "minimum_should_match",
            1));
  }

  private Map<String, Object> built() {
    if (must.isEmpty() && should.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "bool",
        Map.of("must", must, "should", should, "minimum_should_match", must.isEmpty() ? 1 : 0));
  }

  private void addPhrase(String phrase) {
    int words = phrase.strip().split("\\s+", -1).length;
    if (words <= wordsLeft) {
      wordsLeft -= words;
      must.add(
          Map.of(
              "multi_match",
              Map.of(
                  "query",
                  phrase,
                  "type",
                  "phrase",
                  "fields",
                  FIELDS,
                  "tie_breaker",
                  TIE_BREAKER)));
    }
  }

  /** Each word by itself, so that its best field counts. */
  private void addWord(String word) {
    if (wordsLeft > 0) {
      wordsLeft--;
      should.add(
          Map.of(
              "multi_match", Map.of("query", word, "fields", FIELDS, "tie_breaker", TIE_BREAKER)));
    }
  }

  /** All that begins so is found; the rarest words score as words, any other a little. */
  private void addPrefix(String prefix) {
    if (wordsLeft > 0) {
      wordsLeft--;
      String start = prefix.toLowerCase(Locale.ROOT);
      should.add(
          Map.of(
              "dis_max",
              Map.of(
                  "queries",
                  List.of(
                      prefix(Map.of("value", start, "boost", EXPANSION_SCORE)),
                      prefix(Map.of("value", start, "rewrite", "top_terms_blended_freqs_64"))))));
    }
  }

  private static Map<String, Object> prefix(Map<String, Object> of) {
    return Map.of("prefix", Map.of(WRITTEN, of));
  }

  /** The filters of a chunk; none if it lets everything through. */
  static List<Map<String, Object>> filters(ChunkFilter filter) {
    List<Map<String, Object>> filters = new ArrayList<>();
    if (!filter.kinds().isEmpty()) {
      filters.add(
          Map.of("terms", Map.of(ChunkDocument.ofChunk(ChunkDocument.KIND), filter.kinds())));
    }
    for (Condition condition : filter.conditions()) {
      filters.add(
          switch (condition) {
            case Condition.AnyOf(String path, List<Value> values) ->
                Map.of(
                    "terms",
                    Map.of(
                        ATTRIBUTES,
                        values.stream().map(value -> AttributeKeys.value(path, value)).toList()));
            case Condition.Range range -> between(range);
            case Condition.Exists(String path, boolean isWanted) -> exists(path, isWanted);
          });
    }
    return filters;
  }

  private static Map<String, Object> between(Condition.Range range) {
    return Map.of(
        "range",
        Map.of(
            ATTRIBUTES,
            Map.of(
                range.withLow() ? "gte" : "gt",
                AttributeKeys.value(range.path(), new Value.Number(range.low())),
                range.withHigh() ? "lte" : "lt",
                AttributeKeys.value(range.path(), new Value.Number(range.high())))));
  }

  private static Map<String, Object> exists(String path, boolean isWanted) {
    Map<String, Object> there = Map.of("term", Map.of(ATTRIBUTES, AttributeKeys.exists(path)));
    return isWanted ? there : Map.of("bool", Map.of("must_not", List.of(there)));
  }
}
