package relata.local.stack;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** A run of its own, to be terminated or killed: {@code StandInRun PROJECT DATA}. */
final class StandInRun {
  private StandInRun() {}

  public static void main(String[] arguments) throws Exception {
    StackOptions options =
        StackOptions.in(Path.of(arguments[1])).withOllamaUrl("http://127.0.0.1:1");
    RelataStack.start(
        new ProjectLayout(Path.of(arguments[0])),
        options.withApiPort(OptionalInt.of(Ports.free())),
        message -> {});
    System.out.println("started");
    new CountDownLatch(1).await();
  }
}
