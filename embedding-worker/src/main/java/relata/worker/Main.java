package relata.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import relata.worker.backfill.BackfillOptions;

/** Starts the worker, or what else the arguments ask for. */
@QuarkusMain
public final class Main {
  private static final int USAGE_ERROR = 64;

  private Main() {}

  public static void main(String... arguments) {
    switch (Mode.of(arguments)) {
      case Mode.Serve _ -> Quarkus.run(arguments);
      case Mode.Backfill _ -> {
        // Nobody calls it, and a Job may run beside a worker on the same machine.
        System.setProperty("quarkus.http.host-enabled", "false");
        Quarkus.run(BackfillProgram.class, arguments);
      }
      case Mode.Help _ -> System.out.print(BackfillOptions.HELP);
      case Mode.Misuse(String message) -> {
        System.err.println(message);
        System.err.print(BackfillOptions.HELP);
        System.exit(USAGE_ERROR);
      }
    }
  }
}
