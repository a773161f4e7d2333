package relata.api.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{document}}",
        "Title: {one brace}\n\t{{document}}\nÜberschrift:",
        "A } and a { alone. {{document}}"
      })
  void textWithOnePlaceForTheDocumentIsFine(String template) {
    assertEquals(Optional.empty(), PromptTemplate.fault(template));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "  ",
        "no place",
        "{{ document }}",
        "{{document}} {{document}}",
        "{{document}} of {{tenant}}",
        "{{{{document}}",
        "{{document}}}}",
        "{{document}}\u0000",
        "{{document}}\u001b[31m",
        "{{document}}\r\n",
        "{{document}}\ud800"
      })
  void everythingElseIsRefusedWithWords(String template) {
    assertTrue(PromptTemplate.fault(template).isPresent());
  }

  @Test
  void lengthIsBounded() {
    String longest = "x".repeat(PromptTemplate.MAX_LENGTH - "{{document}}".length());
    assertEquals(Optional.empty(), PromptTemplate.fault(longest + "{{document}}"));
    assertTrue(PromptTemplate.fault(longest + "x{{document}}").isPresent());
  }
}
