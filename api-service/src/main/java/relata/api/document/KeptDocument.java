package relata.api.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import relata.api.once.Once;

/** The answer to a PUT as it is kept for repetitions: all of it, what clients do not see, too. */
record KeptDocument(
    long key,
    String id,
    String title,
    String body,
    String format,
    String metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    DocumentView.Outcome outcome) {

  static Once.Form<DocumentView> form(ObjectMapper json) {
    return new Once.Form<>(view -> write(json, view), text -> read(json, text));
  }

  private static String write(ObjectMapper json, DocumentView view) {
    try {
      return json.writeValueAsString(
          new KeptDocument(
              view.key(),
              view.id(),
              view.title(),
              view.body(),
              view.format(),
              view.metadata(),
              view.version(),
              view.createdAt(),
              view.updatedAt(),
              view.outcome()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static DocumentView read(ObjectMapper json, String text) {
    try {
      KeptDocument kept = json.readValue(text, KeptDocument.class);
      return new DocumentView(
          kept.key(),
          kept.id(),
          kept.title(),
          kept.body(),
          kept.format(),
          kept.metadata(),
          kept.version(),
          kept.createdAt(),
          kept.updatedAt(),
          kept.outcome());
    } catch (JsonProcessingException foreign) {
      throw new IllegalStateException(foreign);
    }
  }
}
