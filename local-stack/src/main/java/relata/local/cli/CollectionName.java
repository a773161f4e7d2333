package relata.local.cli;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/** Makes a folder's name one that the API takes for a collection: [a-z0-9][a-z0-9_-]{0,62}. */
final class CollectionName {
  private static final int MOST_CHARACTERS = 63;
  private static final String OF_NAMELESS = "documents";

  private CollectionName() {}

  static String of(Path folder) {
    Path last = folder.getFileName();
    String plain =
        Normalizer.normalize(last == null ? "" : last.toString(), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceAll("^[_-]+", "");
    String name =
        plain.substring(0, Math.min(plain.length(), MOST_CHARACTERS)).replaceAll("[_-]+$", "");
    return name.isEmpty() ? OF_NAMELESS : name;
  }
}
