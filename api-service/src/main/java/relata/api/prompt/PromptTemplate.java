package relata.api.prompt;

import java.util.Optional;
import relata.api.text.TextRule;

/** The rule for a prompt's text: one place for the document, and nothing that looks like others. */
final class PromptTemplate {
  static final int MAX_LENGTH = 20_000;
  private static final String DOCUMENT = "{{document}}";

  private PromptTemplate() {}

  /** What is wrong with the text, one sentence; empty if nothing is. */
  static Optional<String> fault(String template) {
    if (template == null || template.isBlank()) {
      return Optional.of("Is missing.");
    }
    if (template.length() > MAX_LENGTH) {
      return Optional.of("Must have at most " + MAX_LENGTH + " characters.");
    }
    if (template.codePoints().anyMatch(PromptTemplate::isForbidden)) {
      return Optional.of("Must not contain control characters but line breaks and tabs.");
    }
    int place = template.indexOf(DOCUMENT);
    if (place < 0) {
      return Optional.of("Must contain {{document}}, where title and body go.");
    }
    // Nothing else is ever filled in: what looks like it is a mistake, or {{document}} twice.
    String rest = template.substring(0, place) + template.substring(place + DOCUMENT.length());
    if (rest.contains("{{") || rest.contains("}}")) {
      return Optional.of("Must contain {{document}} exactly once, and no other '{{' or '}}'.");
    }
    return TextRule.storable(template);
  }

  private static boolean isForbidden(int point) {
    return Character.isISOControl(point) && point != '\n' && point != '\t';
  }
}
