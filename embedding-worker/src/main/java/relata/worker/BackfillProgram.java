package relata.worker;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import relata.worker.backfill.Backfill;

/** A backfill as the whole of a process. */
@Singleton
@Unremovable
final class BackfillProgram implements QuarkusApplication {
  private final Backfill backfill;

  BackfillProgram(Backfill backfill) {
    this.backfill = backfill;
  }

  @Override
  public int run(String... arguments) throws InterruptedException {
    if (!(Mode.of(arguments) instanceof Mode.Backfill(var options))) {
      throw new IllegalArgumentException("Not started for a backfill.");
    }
    Termination.handle(backfill::stop);
    return backfill.run(options).exitCode();
  }
}
