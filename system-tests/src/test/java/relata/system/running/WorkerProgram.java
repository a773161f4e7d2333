package relata.system.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import relata.local.stack.Part;
import relata.local.stack.ProjectLayout;
import relata.local.stack.RelataStack;

/**
 * The worker's jar as a process of its own, beside a running stack, with the heap of its manifest.
 */
final class WorkerProgram implements AutoCloseable {
  private static final int HEAP_MEBIBYTES = 80;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private WorkerProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param port for HTTP, if it binds one
   */
  static WorkerProgram start(
      RelataStack stack, String modelUrl, int port, Path output, String... arguments) {
    List<String> command =
        new ArrayList<>(ProjectLayout.find().service(Part.WORKER, HEAP_MEBIBYTES));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("RELATA_DATABASE_URL", stack.postgres().reactiveUrl());
    builder.environment().put("RELATA_DATABASE_PASSWORD", stack.postgres().rolePassword());
    builder.environment().put("RELATA_NATS_URL", stack.nats().url());
    builder.environment().put("OLLAMA_URL", modelUrl);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("RELATA_BACKFILL_PROGRESS", "200ms");
    // What is stored late because the machine is busy is not given back.
    builder.environment().put("RELATA_SCHEDULE_SHUTDOWN_GRACE", "60s");
    try {
      return new WorkerProgram(builder.start(), output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
