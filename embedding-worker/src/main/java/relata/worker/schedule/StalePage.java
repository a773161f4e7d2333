package relata.worker.schedule;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Stale documents of a generation, oldest first.
 *
 * @param end behind the last document that was looked at
 * @param last there are no more documents
 */
public record StalePage(List<Long> documentIds, Position end, boolean last) {
  /** Before every document. */
  public static final Position START =
      new Position(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), 0);

  /** A place in the order of writing. */
  public record Position(OffsetDateTime writtenAt, long documentId) {}

  public StalePage {
    documentIds = List.copyOf(documentIds);
  }
}
