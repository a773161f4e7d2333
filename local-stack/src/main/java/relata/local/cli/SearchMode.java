package relata.local.cli;

import java.util.Locale;

/** By text and meaning, by meaning alone, by words alone. */
enum SearchMode {
  HYBRID,
  SEMANTIC,
  LEXICAL;

  /** As the API and the command line spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
