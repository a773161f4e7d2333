package relata.system.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/**
 * When a test takes longer than any should, prints what the services are at: the threads of each,
 * virtual ones included, that are in the project's own code.
 */
public final class ServiceThreads implements PreInterruptCallback {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int FRAMES = 30;

  @Override
  public void beforeThreadInterrupt(PreInterruptContext thread, ExtensionContext test)
      throws IOException, InterruptedException {
    System.out.println("Out of time: " + test.getDisplayName());
    Path file = Files.createTempFile("relata-threads", ".txt");
    try {
      for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
        String command = process.info().command().orElse("");
        if (command.endsWith("/java")) {
          System.out.println("Process " + process.pid() + ": " + process.info().commandLine());
          ownThreads(process.pid(), file).forEach(System.out::println);
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> ownThreads(long pid, Path file)
      throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-overwrite",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!dump.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      dump.destroyForcibly();
      return List.of("It does not answer.");
    }
    return Arrays.stream(Files.readString(file).split("\n\n"))
        .filter(stack -> stack.contains(" relata."))
        .map(stack -> String.join("\n", stack.lines().limit(FRAMES).toList()))
        .toList();
  }
}
