package relata.worker.backfill;

/**
 * What is left to do, as the database has it.
 *
 * @param pending not ready, skipped or dead; those below are among them, except the dead
 * @param failed to be tried again
 * @param waiting for a person, who has to bring chunks, a prompt or a recipe
 * @param dead that nobody tries again
 * @param tries that the failed have used up together
 * @param due later, of the failed, and untouched for longer than a standstill takes
 */
record Remaining(long pending, long failed, long waiting, long dead, long tries, long due) {
  /** Nothing is left that this program could do something about. */
  boolean isDone() {
    return pending == waiting;
  }
}
