package relata.api.generation;

import java.time.Instant;

/** Where a generation is in its life, with the steps that lead on from there. */
public sealed interface GenerationState {
  /** As it is spelt in answers and in the database. */
  String text();

  /**
   * It is made in the shadow of the active one.
   *
   * @param isPaused nobody works on it until it is resumed
   * @param isReturning it was active before, and catches up to be so again
   */
  record Building(boolean isPaused, boolean isReturning) implements GenerationState {
    @Override
    public String text() {
      return "building";
    }

    Building paused() {
      return new Building(true, isReturning);
    }

    Building resumed() {
      return new Building(false, isReturning);
    }

    Active activated() {
      return new Active();
    }

    /** One that was active before keeps what it has: it may be wanted still. */
    GenerationState cancelled(Instant eraseAfter) {
      return isReturning ? new Retired(eraseAfter) : new Cancelled();
    }

    Failed failed(String reason) {
      return new Failed(reason);
    }
  }

  /** It is served. */
  record Active() implements GenerationState {
    @Override
    public String text() {
      return "active";
    }

    Retired retired(Instant eraseAfter) {
      return new Retired(eraseAfter);
    }
  }

  /** It was served, and is kept for a rollback until it may be erased. */
  record Retired(Instant eraseAfter) implements GenerationState {
    @Override
    public String text() {
      return "retired";
    }

    Building returning() {
      return new Building(false, true);
    }
  }

  /** It was given up; what it has may be erased. */
  record Cancelled() implements GenerationState {
    @Override
    public String text() {
      return "cancelled";
    }
  }

  /**
   * It could not be made; what it has may be erased.
   *
   * @param reason in words
   */
  record Failed(String reason) implements GenerationState {
    @Override
    public String text() {
      return "failed";
    }
  }

  /** Reads what the database has. */
  static GenerationState of(
      String state, boolean isPaused, Instant activatedAt, Instant eraseAfter, String failure) {
    return switch (state) {
      case "building" -> new Building(isPaused, activatedAt != null);
      case "active" -> new Active();
      case "retired" -> new Retired(eraseAfter == null ? Instant.MAX : eraseAfter);
      case "cancelled" -> new Cancelled();
      case "failed" -> new Failed(failure);
      default -> throw new IllegalStateException("unknown state " + state);
    };
  }
}
