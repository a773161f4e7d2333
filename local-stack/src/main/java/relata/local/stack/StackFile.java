package relata.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.local.process.ForeignProcess;

/**
 * {@code stack.json}: where the API of a running stack answers, and its processes. Another command
 * finds the stack by it; the next stack on the folder finds by it what a killed one left running.
 */
final class StackFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "stack.json";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path file;
  private final Map<String, Long> pids = new LinkedHashMap<>();
  private final Map<String, String> servers = new LinkedHashMap<>();
  private String url = "";

  StackFile(Path directory) {
    file = directory.resolve(NAME);
  }

  /** The stack on this data folder; empty if none runs. */
  static Optional<RunningStack> find(Path directory) {
    return read(directory.resolve(NAME))
        .filter(content -> process(content).isPresent())
        .filter(content -> !content.path("url").asText().isEmpty())
        .map(
            content -> {
              Map<String, String> servers = new LinkedHashMap<>();
              content
                  .path("servers")
                  .properties()
                  .forEach(server -> servers.put(server.getKey(), server.getValue().asText()));
              return new RunningStack(directory, content.path("url").asText(), servers);
            });
  }

  /** Ends what an earlier stack that was killed left running. To be called under the lock. */
  void stopLeftovers() {
    List<ProcessHandle> left = new ArrayList<>();
    read(file)
        .ifPresent(
            content ->
                content.path("processes").forEach(entry -> process(entry).ifPresent(left::add)));
    left.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : left) {
      if (!new ForeignProcess(process).awaitEnd(STOP_LIMIT)) {
        process.destroyForcibly();
      }
    }
    delete();
  }

  synchronized void started(String name, long pid) {
    pids.put(name, pid);
    write();
  }

  /**
   * @param workerServers as {@link RunningStack#servers()}
   */
  synchronized void ready(String apiUrl, Map<String, String> workerServers) {
    url = apiUrl;
    servers.putAll(workerServers);
    write();
  }

  synchronized void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new StackException("Cannot delete " + file + ": " + failed.getMessage(), failed);
    }
  }

  private void write() {
    ObjectNode content =
        JSON.createObjectNode()
            .put("url", url)
            .put("pid", ProcessHandle.current().pid())
            .put("startedAt", startedAt(ProcessHandle.current()));
    ObjectNode addresses = content.putObject("servers");
    servers.forEach(addresses::put);
    var processes = content.putArray("processes");
    pids.forEach(
        (name, pid) ->
            processes
                .addObject()
                .put("name", name)
                .put("pid", pid)
                .put("startedAt", ProcessHandle.of(pid).map(StackFile::startedAt).orElse(0L)));
    Path fresh = file.resolveSibling(NAME + ".new");
    try {
      // A reader sees the old file or the new one, never a half.
      Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new StackException("Cannot write " + file + ": " + failed.getMessage(), failed);
    }
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(JSON.readTree(file.toFile())) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** With its start a process is told from a later one with the same number. */
  private static long startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static Optional<ProcessHandle> process(JsonNode entry) {
    return ProcessHandle.of(entry.path("pid").asLong())
        .filter(process -> startedAt(process) == entry.path("startedAt").asLong());
  }
}
