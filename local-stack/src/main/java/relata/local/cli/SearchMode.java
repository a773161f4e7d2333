package relata.local.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** By words and meaning together, by meaning alone, by words alone. */
enum SearchMode {
  HYBRID,
  SEMANTIC,
  LEXICAL;

  /** As the API and the command line write it. */
  String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what the command line says. */
  static final class Spelling implements ITypeConverter<SearchMode> {
    @Override
    public SearchMode convert(String text) {
      for (SearchMode mode : values()) {
        if (mode.spelling().equals(text)) {
          return mode;
        }
      }
      throw new TypeConversionException(
          "expected hybrid, semantic or lexical but was '" + text + "'");
    }
  }
}
