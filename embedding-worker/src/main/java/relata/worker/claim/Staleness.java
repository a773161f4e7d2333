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
   * <p>A row that somebody is working on counts as stale only for a newer version: a row may also
   * be ahead of the caller's snapshot of the document.
   *
   * @param document the alias of a row with {@code version} and {@code content_hash}
   */
  public static String of(String document) {
    return """
           case
             when s.state = 'processing' and s.lease_until > now()
               then s.version < %1$s.version
                 or s.version = %1$s.version and s.content_hash <> %1$s.content_hash
             else s.state = 'processing'
               or s.state = 'failed' and s.next_attempt_at <= now()
               or s.version <> %1$s.version
               or s.content_hash <> %1$s.content_hash
           end
           """
        .formatted(document);
  }
}
