package relata.local.eval;

import java.util.Map;
import relata.local.source.DocumentJson;
import relata.local.source.SourceItem;

/**
 * A document of a collection with judgements.
 *
 * @param location {@code file:line}
 * @param title empty if it has none
 * @param metadata is not searched by words
 */
record JudgedDocument(
    String location, String id, String title, String text, Map<String, String> metadata) {
  private static final int TITLE_CHARACTERS = 100;

  JudgedDocument {
    metadata = Map.copyOf(metadata);
  }

  /** As it is imported. The API wants a title: that of a document without one is how it begins. */
  SourceItem.Document forImport() {
    return new SourceItem.Document(
        location,
        DocumentJson.of(id, title.isBlank() ? beginning() : title, text, "plain", metadata));
  }

  /** All that the words of a query are looked for in. */
  String titleAndText() {
    return title + "\n" + text;
  }

  private String beginning() {
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.isEmpty()) {
      return id;
    }
    if (line.length() <= TITLE_CHARACTERS) {
      return line;
    }
    int space = line.lastIndexOf(' ', TITLE_CHARACTERS);
    return line.substring(0, space > 0 ? space : TITLE_CHARACTERS);
  }
}
