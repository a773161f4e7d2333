package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a document becomes chunks. */
public enum SplitMode {
  /** One chunk a block, long blocks in parts. */
  BLOCKS,
  /** The document as a whole. */
  WHOLE;

  /** As it is spelt in a recipe. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SplitMode> of(String text) {
    return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
  }
}
