package relata.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final int MANY = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void noTwoTextsAreEqual() {
    Corpus corpus = new Corpus("first");
    long titles =
        IntStream.range(0, MANY).mapToObj(i -> field(corpus.line(i), "title")).distinct().count();
    long bodies =
        IntStream.range(0, MANY).mapToObj(i -> field(corpus.line(i), "body")).distinct().count();
    assertEquals(MANY, titles);
    assertEquals(MANY, bodies);
  }

  @Test
  void anEditionHasTheSameIdsAndOtherTexts() {
    String first = new Corpus("first").line(7);
    String second = new Corpus("second").line(7);
    assertEquals(field(first, "id"), field(second, "id"));
    assertNotEquals(field(first, "title"), field(second, "title"));
    assertNotEquals(field(first, "body"), field(second, "body"));
  }

  @Test
  void aMarkerStandsInTheSentence() {
    assertTrue(field(new Corpus("first").line(7, "zzz"), "body").endsWith(" zzz"));
  }

  private static String field(String line, String name) {
    try {
      JsonNode document = JSON.readTree(line);
      return document.get(name).asText();
    } catch (JsonProcessingException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
