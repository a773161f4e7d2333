package relata.graph.search;

import relata.graph.problem.ProblemException;

/** The body of a search; mode and limit may be left out. */
record SearchRequest(String text, String mode, Integer limit) {
  private static final int DEFAULT_LIMIT = 10;

  /** A search that can be carried out. */
  record Checked(String text, SearchMode mode, int limit) {}

  /**
   * @throws ProblemException naming the first field that is wrong
   */
  Checked checked(SearchConfig config) {
    if (text == null || text.isBlank()) {
      throw ProblemException.badField("text", "must hold the words to search for");
    }
    if (text.length() > config.maxCharacters()) {
      throw ProblemException.badField(
          "text", "must not be longer than %d characters".formatted(config.maxCharacters()));
    }
    SearchMode checkedMode =
        SearchMode.of(mode == null ? SearchMode.HYBRID.json() : mode)
            .orElseThrow(
                () ->
                    ProblemException.badField("mode", "must be one of hybrid, semantic, lexical"));
    int checkedLimit = limit == null ? DEFAULT_LIMIT : limit;
    if (checkedLimit < 1 || checkedLimit > config.maxLimit()) {
      throw ProblemException.badField("limit", "must be from 1 to " + config.maxLimit());
    }
    return new Checked(text, checkedMode, checkedLimit);
  }
}
