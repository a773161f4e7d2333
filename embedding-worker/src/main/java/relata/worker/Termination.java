package relata.worker;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import sun.misc.Signal;

/**
 * Makes an orderly stop end with exit code 0. The JVM's own handler of SIGTERM runs the same
 * shutdown, but then says 143, which supervisors read as a crash.
 */
final class Termination {
  private Termination() {}

  static void handle() {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      for (String name : new String[] {"TERM", "INT"}) {
        Signal.handle(new Signal(name), _ -> Quarkus.asyncExit(0));
      }
    }
  }
}
