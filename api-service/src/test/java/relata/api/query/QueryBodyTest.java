package relata.api.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.problem.FieldError;
import relata.api.problem.ProblemException;

class QueryBodyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void expectedDocumentsAreIdsOrIdsWithGrades() throws Exception {
    assertEquals(
        new QueryBody.Checked(
            "what\nis it",
            List.of(
                new ExpectedDocument("a b/ü", 1),
                new ExpectedDocument("c", 3),
                new ExpectedDocument("d", 1))),
        read("{\"text\":\"what\\nis it\",\"expected\":"
                + "[\"a b/ü\",{\"id\":\"c\",\"grade\":3},{\"id\":\"d\"}]}")
            .checked());
    assertEquals(List.of(), read("{\"text\":\"x\"}").checked().expected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"\"",
        "{}",
        "{\"id\":\"a\",\"grade\":0}",
        "{\"id\":\"a\",\"grade\":1001}",
        "{\"id\":\"a\",\"grade\":1.5}",
        "{\"id\":\"a\",\"rank\":1}",
        "\"first\""
      })
  void whatIsNoExpectedDocumentOrComesTwiceIsNamed(String element) throws Exception {
    QueryBody body = read("{\"text\":\"x\",\"expected\":[\"first\",%s]}".formatted(element));
    assertEquals(List.of("expected[1]"), faults(body));
  }

  @Test
  void everyWrongFieldIsNamed() throws Exception {
    assertEquals(List.of("text", "expected"), faults(read("{\"text\":\" \",\"expected\":\"a\"}")));
    assertEquals(List.of("text"), faults(read("{\"text\":\"%s\"}".formatted("x".repeat(2_001)))));
  }

  private static List<String> faults(QueryBody body) {
    return assertThrows(ProblemException.class, body::checked).problem().errors().stream()
        .map(FieldError::field)
        .toList();
  }

  private static QueryBody read(String json) throws Exception {
    return MAPPER.readValue(json, QueryBody.class);
  }
}
