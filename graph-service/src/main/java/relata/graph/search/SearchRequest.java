package relata.graph.search;

import java.util.Map;
import relata.graph.problem.ProblemException;
import relata.graph.text.ChunkFilter;

/**
 * The body of a search: a text, or a document to find others like; all else may be left out.
 *
 * @param like id of the document
 * @param filter as {@link FilterReader} takes it
 * @param explain whether each hit says what its score was made from
 */
record SearchRequest(
    String text,
    Long like,
    String mode,
    Integer limit,
    Map<String, Object> filter,
    Weights weights,
    boolean explain) {
  private static final int DEFAULT_LIMIT = 10;

  /** A search that can be carried out. */
  record Checked(
      Subject subject,
      SearchMode mode,
      int limit,
      ChunkFilter filter,
      Weights weights,
      boolean explain) {}

  /**
   * @throws ProblemException naming the first field that is wrong
   */
  Checked checked(SearchConfig config) {
    Subject subject = like == null ? words(config) : document();
    SearchMode checkedMode =
        SearchMode.of(mode == null ? SearchMode.HYBRID.json() : mode)
            .orElseThrow(
                () ->
                    ProblemException.badField("mode", "must be one of hybrid, semantic, lexical"));
    int checkedLimit = limit == null ? DEFAULT_LIMIT : limit;
    if (checkedLimit < 1 || checkedLimit > config.maxLimit()) {
      throw ProblemException.badField("limit", "must be from 1 to " + config.maxLimit());
    }
    return new Checked(
        subject,
        checkedMode,
        checkedLimit,
        filter == null ? ChunkFilter.NONE : FilterReader.read(filter),
        weights == null ? Weights.EQUAL : weights.checked(),
        explain);
  }

  private Subject words(SearchConfig config) {
    if (text == null || text.isBlank()) {
      throw ProblemException.badField("text", "must hold the words to search for");
    }
    if (text.length() > config.maxCharacters()) {
      throw ProblemException.badField(
          "text", "must not be longer than %d characters".formatted(config.maxCharacters()));
    }
    return new Subject.Words(text);
  }

  private Subject document() {
    if (text != null) {
      throw ProblemException.badField("like", "does not go with a text");
    }
    return new Subject.Like(like);
  }
}
