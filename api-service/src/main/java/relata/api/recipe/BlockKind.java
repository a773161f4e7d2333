package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Structural pieces of a document that a recipe may skip. Mermaid is always skipped. */
public enum BlockKind {
  TITLE,
  PARAGRAPH,
  LIST,
  HEADING,
  TABLE,
  CODE;

  /** As it is spelt in a recipe. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<BlockKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
