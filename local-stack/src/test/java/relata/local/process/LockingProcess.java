package relata.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import relata.local.stack.Ports;

/**
 * Prints a port that it has, while it is alone; and is until its input ends, when it leaves a file.
 */
final class LockingProcess {
  private LockingProcess() {}

  public static void main(String[] arguments) {
    Path end = Path.of(arguments[0]);
    var _ =
        UserLocks.alone(
            () -> {
              try {
                System.out.println(Ports.free());
                var _ = System.in.readAllBytes();
                return Files.createFile(end);
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            });
  }
}
