package relata.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.ExternalId;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;
import relata.api.text.TextRule;

/**
 * What a client sends as a query; unchecked.
 *
 * @param expected ids of documents, or objects with id and grade, the best first; may be left out
 */
@Schema(
    name = "QueryBody",
    examples =
        """
        {"text":"what moves heat","expected":["heat.md",{"id":"roof.md","grade":2}]}""")
record QueryBody(
    @Schema(required = true, minLength = 1, maxLength = QueryBody.MAX_TEXT_LENGTH) String text,
    @Schema(
            ref = "ExpectedDocuments",
            examples = "[\"garden.md\",{\"id\":\"roof.md\",\"grade\":2}]")
        JsonNode expected) {
  static final int MAX_TEXT_LENGTH = 2_000;
  private static final int MAX_EXPECTED = 100;
  private static final int MAX_GRADE = 1_000;

  /** A query that can be kept; no document is expected twice. */
  record Checked(String text, List<ExpectedDocument> expected) {
    Checked {
      expected = List.copyOf(expected);
    }
  }

  /**
   * The same, if it is fine.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  Checked checked() {
    List<FieldError> errors = new ArrayList<>();
    String oneLine = text == null ? null : text.replaceAll("[\r\n\t]", " ");
    TextRule.line(oneLine, MAX_TEXT_LENGTH)
        .ifPresent(detail -> errors.add(new FieldError("text", detail)));
    Map<String, ExpectedDocument> documents = expected(errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
    return new Checked(text, List.copyOf(documents.values()));
  }

  private Map<String, ExpectedDocument> expected(List<FieldError> errors) {
    Map<String, ExpectedDocument> documents = new LinkedHashMap<>();
    if (expected == null || expected.isNull()) {
      return documents;
    }
    if (!expected.isArray() || expected.size() > MAX_EXPECTED) {
      errors.add(
          new FieldError("expected", "Must be a list of at most " + MAX_EXPECTED + " documents."));
      return documents;
    }
    for (int i = 0; i < expected.size(); i++) {
      String field = "expected[" + i + "]";
      Optional<ExpectedDocument> document = document(expected.get(i));
      if (document.isEmpty() || documents.put(document.get().id(), document.get()) != null) {
        String detail = "Must be a document's id, or an object of id and grade (1 to %d); once.";
        errors.add(new FieldError(field, detail.formatted(MAX_GRADE)));
      }
    }
    return documents;
  }

  private static Optional<ExpectedDocument> document(JsonNode element) {
    JsonNode id = element.isObject() ? element.path("id") : element;
    JsonNode grade = element.path("grade");
    boolean isKnown = !element.isObject() || element.size() == (grade.isMissingNode() ? 1 : 2);
    boolean isGraded =
        grade.isMissingNode()
            || (grade.isInt() && grade.intValue() >= 1 && grade.intValue() <= MAX_GRADE);
    return isKnown && isGraded && ExternalId.fault(id.textValue()).isEmpty()
        ? Optional.of(new ExpectedDocument(id.textValue(), grade.asInt(1)))
        : Optional.empty();
  }
}
