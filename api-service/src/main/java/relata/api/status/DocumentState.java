package relata.api.status;

/** How far the features of a document are. */
public final class DocumentState {
  /**
   * The state in words, as an SQL expression over a document {@code d} and its row {@code s} of
   * feature.document_state, if it has one. Pending is what nobody has begun: no row, or the row of
   * an older version or request that nobody holds. Every document is in exactly one state.
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

  private DocumentState() {}
}
