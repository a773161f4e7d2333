package relata.worker.claim;

import java.time.Duration;

/** Why a document has no features yet, and what is to become of it. */
public sealed interface Verdict {
  String code();

  /** One sentence, without the document's text. */
  String reason();

  /** Not its fault: tried again after the delay, and this try does not count. */
  record Wait(String code, String reason, Duration delay) implements Verdict {}

  /** Tried again after a growing wait, until it has had all its tries. */
  record Retry(String code, String reason) implements Verdict {}

  /** It lacks something that a person has to bring: tried again at its next version or request. */
  record Lacking(String code, String reason) implements Verdict {}

  /** Trying again would not help. */
  record Dead(String code, String reason) implements Verdict {}
}
