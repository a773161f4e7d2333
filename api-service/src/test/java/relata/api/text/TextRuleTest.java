package relata.api.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \t", "a\nb", "a\u0000", "\u007f", "\u0085", "x\ud83d", "12345"})
  void lineThatCannotBeKeptIsRefused(String text) {
    assertTrue(TextRule.line(text, 4).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "1234", "\ud83d\ude00"})
  void orderlyLineIsFine(String text) {
    assertEquals(Optional.empty(), TextRule.line(text, 4));
  }

  @Test
  void textOfSeveralLinesMayHoldControlCharactersButNoNul() {
    assertEquals(Optional.empty(), TextRule.storable("a\r\n\tb\f\u0001"));
    assertTrue(TextRule.storable("a\0b").isPresent());
    assertTrue(TextRule.storable("\ude00").isPresent());
  }
}
