package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a document a recipe may leave out of the embedding. Mermaid is always left out. */
public enum BlockKind {
  TITLE,
  DESCRIPTION,
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
