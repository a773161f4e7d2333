package relata.worker;

import io.quarkus.runtime.LaunchMode;
import sun.misc.Signal;

/** What an orderly stop begins with, instead of the JVM's own end by SIGTERM or SIGINT. */
final class Termination {
  private Termination() {}

  static void handle(Runnable stop) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      for (String name : new String[] {"TERM", "INT"}) {
        Signal.handle(new Signal(name), _ -> stop.run());
      }
    }
  }
}
