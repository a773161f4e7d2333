package relata.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a script of the project says, and how it ended. */
public record ScriptRun(int exit, String output, String errors) {
  private static final int LIMIT_SECONDS = 300;

  /** Asks what builds images for one of its steps, which needs no podman. */
  public static ScriptRun ofImages(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "images/build"));
    command.addAll(List.of(arguments));
    return of(command);
  }

  /** Runs in the project's folder, with the JDK of the tests. */
  public static ScriptRun of(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("relata", ".out");
    Path errors = Files.createTempFile("relata", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Project.root().toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " does not end: " + Files.readString(output));
      }
      return new ScriptRun(process.exitValue(), text(output), text(errors));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }
}
