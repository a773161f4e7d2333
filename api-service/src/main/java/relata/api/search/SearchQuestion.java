package relata.api.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.ExternalId;
import relata.api.graph.GraphService;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;
import relata.api.text.TextRule;

/**
 * What a client looks for; unchecked.
 *
 * @param text the words; left out where like is there
 * @param like a document to find others like; left out where text is there
 * @param mode {@code hybrid} (the default), {@code semantic} or {@code lexical}
 * @param limit most hits; 10 if left out
 * @param filter which chunks may be found: {@code metadata} by dotted paths (a value, a list of
 *     values, {@code exists}, or bounds {@code gt}, {@code gte}, {@code lt}, {@code lte}), and
 *     {@code kinds} of chunks; all of it must hold
 * @param weights how much each ranking counts in a hybrid search
 * @param highlights most pieces of each hit's text that show what answers the question
 * @param explain whether each hit says what its score was made from
 * @param depth how many documents each ranking goes down to; so many can be paged through
 * @param rerank whether a re-ranker has a second look at the best hits
 * @param diversity how much hits that are unlike those before them come first
 * @param after the {@code next} of a page, to go on behind it
 */
@Schema(
    name = "Search",
    examples =
        """
        {"text":"what moves heat","limit":5,"filter":{"metadata":{"year":{"gte":2020}}}}""")
record SearchQuestion(
    @Schema(
            minLength = 1,
            maxLength = SearchQuestion.MAX_TEXT_LENGTH,
            description = "What to look for. Either text or like must be there.")
        String text,
    Like like,
    @Schema(
            enumeration = {"hybrid", "semantic", "lexical"},
            defaultValue = "hybrid")
        String mode,
    @Schema(minimum = "1", maximum = "100", defaultValue = "10") Integer limit,
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "metadata: by dotted paths a value, a list of values, {exists}, or bounds gt, gte,"
                    + " lt, lte; kinds: kinds of chunks. All of it must hold.",
            example = "{\"metadata\":{\"year\":{\"gte\":2020}},\"kinds\":[\"paragraph\"]}")
        Map<String, Object> filter,
    GraphService.Weights weights,
    @Schema(
            minimum = "0",
            maximum = "10",
            defaultValue = "0",
            description = "Most pieces of each hit's text to show, with the matches in them.")
        Integer highlights,
    @Schema(defaultValue = "false") boolean explain,
    @Schema(
            minimum = "1",
            maximum = "1000",
            defaultValue = "100",
            description =
                "How many documents each ranking goes down to, not less than limit; so many can be"
                    + " paged through.")
        Integer depth,
    @Schema(
            defaultValue = "false",
            description =
                "Whether a re-ranker has a second look at the best hits. Only with a text, and only"
                    + " where one is installed in graph-service.")
        boolean rerank,
    @Schema(
            minimum = "0",
            maximum = "1",
            defaultValue = "0",
            description =
                "How much hits that are unlike those before them come first, by maximal marginal"
                    + " relevance: 0 not at all, 1 whatever their scores.")
        Double diversity,
    @Schema(
            maxLength = SearchQuestion.MAX_CURSOR_LENGTH,
            description =
                "The next of a page, to go on behind it. All else must be as it was, but for limit,"
                    + " highlights and explain.")
        String after) {
  static final int MAX_TEXT_LENGTH = 2_000;

  /** That of a thousand documents, each as long as can be. */
  static final int MAX_CURSOR_LENGTH = 65_536;

  private static final List<String> MODES = List.of("hybrid", "semantic", "lexical");
  private static final int HITS = 10;
  private static final int MAX_HITS = 100;
  private static final int MAX_HIGHLIGHTS = 10;
  private static final int MAX_DEPTH = 1_000;

  /** A document to find others like. */
  @Schema(name = "SearchLike")
  record Like(
      @Schema(required = true, description = "Its id. It does not find itself.") String document) {}

  /**
   * The same, if it is fine.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  SearchQuestion checked() {
    List<FieldError> errors = new ArrayList<>();
    if (like == null) {
      fault().ifPresent(detail -> errors.add(new FieldError("text", detail)));
    } else {
      if (text != null) {
        errors.add(new FieldError("like", "Does not go with a text."));
      }
      if (rerank) {
        errors.add(new FieldError("rerank", "Goes with a text only."));
      }
      ExternalId.fault(like.document())
          .ifPresent(detail -> errors.add(new FieldError("like.document", detail)));
    }
    if (mode != null && !MODES.contains(mode)) {
      errors.add(new FieldError("mode", "Must be hybrid, semantic or lexical."));
    }
    check(errors, "limit", limit, 1, MAX_HITS);
    check(errors, "highlights", highlights, 0, MAX_HIGHLIGHTS);
    check(errors, "depth", depth, limit == null ? HITS : limit, MAX_DEPTH);
    if (diversity != null && !(diversity >= 0 && diversity <= 1)) {
      errors.add(new FieldError("diversity", "Must be a number from 0 to 1."));
    }
    if (after != null && after.length() > MAX_CURSOR_LENGTH) {
      errors.add(new FieldError("after", "Must be the 'next' of a page."));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
    return this;
  }

  private static void check(
      List<FieldError> errors, String field, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      errors.add(
          new FieldError(field, "Must be a whole number from %d to %d.".formatted(least, most)));
    }
  }

  /**
   * The question as graph-service takes it, with defaults.
   *
   * @param document what graph-service knows the document by; null where there is a text
   */
  GraphService.Search asked(Long document) {
    return new GraphService.Search(
        text,
        document,
        mode == null ? MODES.getFirst() : mode,
        limit == null ? HITS : limit,
        filter,
        weights,
        highlights == null || highlights == 0 ? null : highlights,
        explain ? true : null,
        depth,
        rerank ? true : null,
        diversity,
        after);
  }

  /** Line breaks are fine: people paste paragraphs. */
  private Optional<String> fault() {
    String oneLine = text == null ? null : text.replaceAll("[\r\n\t]", " ");
    return TextRule.line(oneLine, MAX_TEXT_LENGTH);
  }
}
