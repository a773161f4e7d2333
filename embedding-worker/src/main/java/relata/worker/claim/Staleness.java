package relata.worker.claim;

/** The one definition of a stale document, as SQL: the claim and the sweep must never disagree. */
public final class Staleness {
  private Staleness() {}

  /**
   * Whether features are made for a generation; one that is paused keeps what it has.
   *
   * @param generation the alias of a row of {@code content.generation}
   */
  public static String served(String generation) {
    return "(%1$s.state = 'active' or %1$s.state = 'building' and not %1$s.paused)"
        .formatted(generation);
  }

  /**
   * Whether the state row {@code s} does not hold what the document is; that there is no row at all
   * is the caller's case.
   *
   * <p>A row of a newer version or request than the caller's is not stale: the caller's snapshot is
   * old. One that failed and names no next attempt waits for a newer version or request.
   *
   * @param document the alias of a row with {@code version}, {@code content_hash} and {@code
   *     request}
   */
  public static String of(String document) {
    return """
           case
             when s.version > %1$s.version or s.request > %1$s.request then false
             when not %2$s then true
             when s.state = 'processing' then s.lease_until <= now()
             else s.state = 'failed' and s.next_attempt_at <= now()
           end
           """
        .formatted(document, sameContent(document));
  }

  /** Whether the state row {@code s} is about the document as it is: its tries are those so far. */
  public static String sameContent(String document) {
    return """
           (s.version = %1$s.version and s.content_hash = %1$s.content_hash
            and s.request = %1$s.request)"""
        .formatted(document);
  }
}
