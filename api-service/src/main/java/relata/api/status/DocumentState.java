package relata.api.status;

import java.util.Locale;

/** How far the features of a document are. Every document is in exactly one state. */
public enum DocumentState {
  /** Nobody has begun. */
  PENDING,
  /** A worker is at it. */
  PROCESSING,
  /** Its features are those of its version. */
  READY,
  /** There is nothing in it to make features from. */
  SKIPPED,
  /** It is tried again by itself, or when what it lacks is brought. */
  FAILED,
  /** It is not tried again by itself. */
  DEAD;

  /**
   * The state in words, as an SQL expression over a document {@code d} and its row {@code s} of
   * feature.document_state, if it has one. Pending is what nobody has begun: no row, or the row of
   * an older version or request that nobody holds.
   */
  public static final String SQL =
      """
      case
        when s.document_id is null then 'pending'
        when (s.version < d.version or s.request < d.request)
             and not (s.state = 'processing' and coalesce(s.lease_until > now(), false))
          then 'pending'
        else s.state
      end""";

  /** As the database and clients spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #SQL} gives.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static DocumentState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
