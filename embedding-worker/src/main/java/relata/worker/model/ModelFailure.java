package relata.worker.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a model gave no vector. Each class is met in its own way: waiting, trying again, or looking
 * for the text that is to blame.
 */
public sealed interface ModelFailure extends ModelReply, ModelAnswer, InputAnswer, TextAnswer {
  /** The code of a {@link Busy} that is this worker's own: it is stopping. */
  String INTERRUPTED = "interrupted";

  /** The code of a {@link Busy} that is this worker's own: other calls had all permits. */
  String NO_TURN = "no_turn";

  /** Not a failure of the model's: this worker is stopping. */
  static Busy interrupted() {
    return new Busy(INTERRUPTED, "The worker is stopping.", Optional.of(Duration.ZERO));
  }

  /** There is nothing to read. */
  @Override
  default ModelFailure read() {
    return this;
  }

  /** A short word for what happened, for the database and for people who filter by it. */
  String code();

  /** One sentence, without any of the texts. */
  String reason();

  /**
   * The server is away or has no room: nobody's fault, so the try does not count.
   *
   * @param retryAfter how long the server asked to be left alone, when it said so
   */
  record Busy(String code, String reason, Optional<Duration> retryAfter) implements ModelFailure {
    public Busy {
      Objects.requireNonNull(retryAfter);
    }
  }

  /**
   * The server does not have the model, or the model cannot do what is asked of it, whatever the
   * text: a person has to act, so the try does not count.
   */
  record Missing(String code, String reason) implements ModelFailure {}

  /** It went wrong and may go right the next time: tried again a few times. */
  record Transient(String code, String reason) implements ModelFailure {}

  /**
   * The model does not take these texts, or its answer to them is unusable: the same call would
   * fail again. Of several texts one may be to blame.
   *
   * @param tooLong a shorter text may do
   */
  record Refused(String code, String reason, boolean tooLong) implements ModelFailure {}
}
