package relata.graph.search;

import java.util.Map;
import relata.graph.problem.ProblemException;
import relata.graph.text.ChunkFilter;

/**
 * The body of a search: a text, or a document to find others like; all else may be left out.
 *
 * @param like id of the document
 * @param filter as {@link FilterReader} takes it
 * @param highlights how many pieces of each hit's text are shown with what answers the query; 0 or
 *     null for none
 * @param explain whether each hit says what its score was made from
 * @param depth how many documents each ranking goes down to; so many can be paged through
 * @param rerank whether a re-ranker has a second look at the best
 * @param diversity how much hits that are unlike those before them come first, from 0 to 1; null
 *     for not at all
 * @param after the {@code next} of a page, to go on behind it; null for the first
 */
record SearchRequest(
    String text,
    Long like,
    String mode,
    Integer limit,
    Map<String, Object> filter,
    Weights weights,
    Integer highlights,
    boolean explain,
    Integer depth,
    boolean rerank,
    Double diversity,
    String after) {
  private static final int DEFAULT_LIMIT = 10;

  /**
   * A search that can be carried out.
   *
   * @param identity of all that its ranking follows from
   */
  record Checked(
      Subject subject,
      SearchMode mode,
      int limit,
      ChunkFilter filter,
      Weights weights,
      int highlights,
      boolean explain,
      int depth,
      boolean rerank,
      double diversity,
      String after,
      long identity) {}

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
    int checkedLimit = inRange("limit", limit, DEFAULT_LIMIT, 1, config.maxLimit());
    int usualDepth = Math.max(checkedLimit, config.fusionDepth());
    double checkedDiversity = diversity == null ? 0 : diversity;
    if (!(checkedDiversity >= 0 && checkedDiversity <= 1)) {
      throw ProblemException.badField("diversity", "must be a number from 0 to 1");
    }
    Weights checkedWeights = weights == null ? Weights.EQUAL : weights.checked();
    return new Checked(
        subject,
        checkedMode,
        checkedLimit,
        filter == null ? ChunkFilter.NONE : FilterReader.read(filter),
        checkedWeights,
        inRange("highlights", highlights, 0, 0, config.maxFragments()),
        explain,
        inRange("depth", depth, usualDepth, checkedLimit, config.maxDepth()),
        rerank,
        checkedDiversity,
        after,
        SearchIdentity.of(
            text, like, checkedMode, filter, checkedWeights, depth, rerank, checkedDiversity));
  }

  private static int inRange(String field, Integer value, int otherwise, int least, int most) {
    int checked = value == null ? otherwise : value;
    if (checked < least || checked > most) {
      throw ProblemException.badField(field, "must be from %d to %d".formatted(least, most));
    }
    return checked;
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
    if (rerank) {
      throw ProblemException.badField("rerank", "goes with a text only");
    }
    return new Subject.Like(like);
  }
}
