package relata.api.limit;

import java.time.Duration;

/** What becomes of a request, as far as its caller's rate is concerned. */
sealed interface Decision {
  /**
   * It is let through.
   *
   * @param left requests that the caller has left, as far as this replica knows
   */
  record Taken(long left) implements Decision {}

  /** It is too much; after this time one is not. */
  record Refused(Duration delay) implements Decision {}

  /** The replica must ask what is left, and then decide. */
  record Unknown() implements Decision {}
}
