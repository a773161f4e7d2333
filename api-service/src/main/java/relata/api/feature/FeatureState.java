package relata.api.feature;

import java.time.Instant;
import java.util.Optional;
import relata.api.feature.FeaturesView.Failure;
import relata.api.status.DocumentState;

/**
 * How far a document's features are under a generation, and what to say about it.
 *
 * @param generationState building, active, retired, failed or cancelled
 * @param paused nobody works on the generation until it is resumed
 * @param version the document's
 * @param writtenAt when that version was written
 * @param since when it came into the state; null if nothing was ever tried
 * @param lost the worker that took it up was heard of no more
 * @param storedVersion the version whose features are served; null before the first
 * @param failure what went wrong last; null if nothing did
 * @param nextRetryAt when it is tried again by itself; null if it is not
 */
record FeatureState(
    String generationState,
    boolean paused,
    long version,
    Instant writtenAt,
    DocumentState state,
    Instant since,
    boolean lost,
    Long storedVersion,
    int attempts,
    Failure failure,
    Instant nextRetryAt) {
  /** Why this version has no features, in a sentence or two; empty if it has. */
  Optional<String> why() {
    return switch (state) {
      case READY -> Optional.empty();
      case SKIPPED -> Optional.of(reason() + " So it has no embedding.");
      case PENDING -> Optional.of(waiting(notBegun()));
      case PROCESSING -> Optional.of(waiting(inWork()));
      case FAILED -> Optional.of(waiting(failed()));
      case DEAD -> Optional.of(dead() + served());
    };
  }

  /** What it waits for, unless nobody works on it whatever that is. */
  private String waiting(String what) {
    return (isWorkedOn() ? what : rests()) + served();
  }

  private boolean isWorkedOn() {
    return generationState.equals("active") || (generationState.equals("building") && !paused);
  }

  private String rests() {
    return paused && generationState.equals("building")
        ? "Its generation is paused; resume it."
        : "Its generation is %s, so nobody works on it.".formatted(generationState);
  }

  private String inWork() {
    return lost
        ? "The worker that took it up at %s ended; it is taken up again by itself.".formatted(since)
        : "A worker has been at it since %s.".formatted(since);
  }

  private String notBegun() {
    return ("Not begun yet: it was written at %s and waits for its turn. GET /v1/models shows whether"
            + " its model answers and how much waits.")
        .formatted(writtenAt);
  }

  private String failed() {
    if (nextRetryAt == null) {
      return "It waits for you: %s".formatted(reason());
    }
    // A model that is busy or away is no try of the document's.
    String cause = attempts == 0 ? "It waits: " : "After %s: ".formatted(tries());
    return cause + reason() + " It is tried again at %s.".formatted(nextRetryAt);
  }

  private String dead() {
    return "It is dead after %s: %s To try it again, replay its dead letter."
        .formatted(tries(), reason());
  }

  private String served() {
    return storedVersion == null
        ? ""
        : " Meanwhile the features of version %d are served.".formatted(storedVersion);
  }

  private String tries() {
    return attempts == 1 ? "1 try" : attempts + " tries";
  }

  /** As a sentence, however the worker wrote it. */
  private String reason() {
    String reason = failure == null || failure.reason() == null ? "" : failure.reason().strip();
    if (reason.isEmpty()) {
      return "No reason was given.";
    }
    return reason.endsWith(".") || reason.endsWith("…") ? reason : reason + ".";
  }
}
