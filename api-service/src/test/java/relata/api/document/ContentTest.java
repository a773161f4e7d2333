package relata.api.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.document.Content.Check;
import relata.api.problem.FieldError;

class ContentTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  void titleAloneIsADocument() {
    assertEquals(new Content("T", "", "markdown", "{}"), accepted("T", null, null, "{}"));
  }

  @Test
  void spellingOfMetadataDoesNotMatter() {
    assertArrayEquals(
        accepted("T", "B", "plain", "{\"a\": 1.0, \"b\": [ ]}").hash(),
        accepted("T", "B", "plain", "{\"b\":[],\"a\":1}").hash());
  }

  @Test
  void everyFieldIsPartOfTheHashInItsPlace() {
    byte[] hash = accepted("ab", "c", "plain", "{\"x\":1}").hash();
    for (Content other :
        List.of(
            accepted("a", "bc", "plain", "{\"x\":1}"),
            accepted("ab", "C", "plain", "{\"x\":1}"),
            accepted("ab", "c", "markdown", "{\"x\":1}"),
            accepted("ab", "c", "plain", "{\"x\":2}"))) {
      assertFalse(Arrays.equals(hash, other.hash()), other::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":[{\"b\":\"\\ud800\"}]}",
        "{\"a\":1e400}",
        "{\"a\":1e-400}"
      })
  void metadataThatTheDatabaseWouldChangeIsRefused(String metadata) {
    assertEquals(List.of("metadata"), refused("T", "B", null, metadata));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e307", "1e-307"})
  void metadataThatGrowsWithoutBoundWhenItIsReadIsRefused(String number) {
    String few = String.join(",", Collections.nCopies(3_000, number));
    String many = String.join(",", Collections.nCopies(4_000, number));
    accepted("T", "B", null, "{\"a\":[" + few + "]}");
    assertEquals(
        List.of("metadata"), refused("T", "B", null, "{\"a\":[[" + few + "],[" + many + "]]}"));
  }

  @Test
  void plainNumbersMayBeManyInMetadata() {
    String many = String.join(",", Collections.nCopies(200_000, "1000.25"));
    accepted("T", "B", null, "{\"a\":[" + many + "]}");
  }

  @Test
  void everyWrongFieldIsNamed() {
    assertEquals(List.of("title", "body", "format"), refused("a\nb", "\0", "html", "{}"));
  }

  private static Content accepted(String title, String body, String format, String metadata) {
    Check check = Content.check(title, body, format, object(metadata));
    return assertInstanceOf(Check.Accepted.class, check).content();
  }

  private static List<String> refused(String title, String body, String format, String metadata) {
    Check check = Content.check(title, body, format, object(metadata));
    return assertInstanceOf(Check.Refused.class, check).errors().stream()
        .map(FieldError::field)
        .toList();
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException typo) {
      throw new IllegalArgumentException(typo);
    }
  }
}
