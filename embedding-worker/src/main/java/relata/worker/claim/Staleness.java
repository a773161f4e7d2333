package relata.worker.claim;

/** The one definition of a stale document, as SQL: the claim and the sweep must never disagree. */
public final class Staleness {
  /** Generations that features are made for. */
  public static final String SERVED_GENERATION = "('building', 'active')";

  private Staleness() {}

  /**
   * Whether the state row {@code s} does not hold what the document is; that there is no row at all
   * is the caller's case.
   *
   * <p>A row of a newer version than the caller's is not stale: the caller's snapshot is old.
   *
   * @param document the alias of a row with {@code version} and {@code content_hash}
   */
  public static String of(String document) {
    return """
           case
             when s.version > %1$s.version then false
             when s.version < %1$s.version or s.content_hash <> %1$s.content_hash then true
             when s.state = 'processing' then s.lease_until <= now()
             else s.state = 'failed' and s.next_attempt_at <= now()
           end
           """
        .formatted(document);
  }
}
