package relata.api.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a document's body is to be read. */
enum DocumentFormat {
  MARKDOWN,
  PLAIN;

  /** As it is spelt in requests and in the database. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<DocumentFormat> of(String text) {
    return Arrays.stream(values()).filter(format -> format.text().equals(text)).findFirst();
  }
}
