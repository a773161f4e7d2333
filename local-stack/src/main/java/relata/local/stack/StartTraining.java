package relata.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import relata.local.process.ManagedProcess;

/**
 * Makes the {@link StartCache} of each service that has none, one after the other, and behind
 * everything else that wants the processor unless somebody waits for it: starts the service with
 * nobody to talk to, and ends it. Nothing depends on it; what fails is left out. Why is in the log
 * of the process, or is told if there is none.
 */
final class StartTraining implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** The JVM writes the cache while it ends. */
  private static final Duration WRITE_LIMIT = Duration.ofMinutes(2);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

  /** Nobody listens there. */
  private static final Map<String, String> ALONE =
      Map.of(
          "RELATA_DATABASE_URL", "postgresql://127.0.0.1:1/relata",
          "RELATA_NATS_URL", "nats://127.0.0.1:1",
          "RELATA_GRAPH_URL", "http://127.0.0.1:1",
          "OLLAMA_URL", "http://127.0.0.1:1",
          "QUARKUS_HTTP_HOST", "127.0.0.1");

  private final ProjectLayout layout;
  private final List<Part> parts;
  private final boolean awaited;
  private final Path logs;
  private final Consumer<String> messages;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread thread = Thread.ofVirtual().name("start-training").unstarted(this::run);

  private StartTraining(
      ProjectLayout layout,
      List<Part> parts,
      boolean awaited,
      Path logs,
      Consumer<String> messages) {
    this.layout = layout;
    this.parts = List.copyOf(parts);
    this.awaited = awaited;
    this.logs = logs;
    this.messages = messages;
  }

  /** Begins. */
  static StartTraining of(
      ProjectLayout layout,
      List<Part> parts,
      boolean awaited,
      Path logs,
      Consumer<String> messages) {
    StartTraining training = new StartTraining(layout, parts, awaited, logs, messages);
    training.thread.start();
    return training;
  }

  /** Completes when nothing is left to be made, never with a failure. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Gives up what is not made yet; no process of it is left. */
  @Override
  public void close() {
    thread.interrupt();
    done.join();
  }

  private void run() {
    try {
      for (Part part : parts) {
        StartCache cache = layout.startCache(part, part.heapMebibytes());
        if (!cache.isThere()) {
          train(part, cache);
        }
      }
    } catch (InterruptedException closed) {
      // What is not made is made another time.
    } catch (UncheckedIOException | StackException impossible) {
      // Such as a full disk.
      messages.accept(
          "Services will start as slowly as until now: %s".formatted(impossible.getMessage()));
    } finally {
      done.complete(null);
    }
  }

  private void train(Part part, StartCache cache) throws InterruptedException {
    Path written = cache.unfinished();
    int port = Ports.free();
    List<String> command = new ArrayList<>(awaited ? List.of() : List.of("nice", "-n", "19"));
    command.addAll(cache.trainingCommand(written));
    Map<String, String> environment = new HashMap<>(ALONE);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    ManagedProcess process =
        ManagedProcess.start(
            part.title() + " in training",
            command,
            environment,
            logs.resolve("start-training-" + part.title() + ".log"));
    try {
      if (isStarted(process, port) && isEnded(process) && Files.exists(written)) {
        cache.keep(written);
      }
    } finally {
      // The JVM has another one write the cache.
      ProcessHandle.of(process.pid())
          .ifPresent(jvm -> jvm.descendants().forEach(ProcessHandle::destroyForcibly));
      process.kill();
      cache.discard(written);
    }
  }

  private static boolean isEnded(ManagedProcess process) throws InterruptedException {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    long deadline = System.nanoTime() + WRITE_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(PROBE_INTERVAL);
    }
    return !process.isAlive();
  }

  private static boolean isStarted(ManagedProcess process, int port) throws InterruptedException {
    URI probe = URI.create("http://127.0.0.1:" + port + "/q/health/started");
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    HttpClient client = HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();
    try {
      while (process.isAlive() && System.nanoTime() < deadline) {
        try {
          HttpRequest request = HttpRequest.newBuilder(probe).timeout(PROBE_LIMIT).build();
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return true;
          }
        } catch (IOException notYet) {
          // It is still starting.
        }
        Thread.sleep(PROBE_INTERVAL);
      }
      return false;
    } finally {
      client.shutdownNow();
    }
  }
}
