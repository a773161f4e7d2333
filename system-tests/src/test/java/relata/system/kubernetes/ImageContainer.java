package relata.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container of an image as its manifest runs it: user, root file system, capabilities, memory,
 * volumes, and the variables that have a value there. The network is this machine's.
 */
final class ImageContainer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String name;

  private ImageContainer(String name) {
    this.name = name;
  }

  /** What podman says to a question that it answers wherever it works; throws if it does not. */
  static String podmanVersion() throws IOException, InterruptedException {
    return podman(List.of("info", "--format", "{{.Version.Version}}"));
  }

  static boolean isThere(String image) throws InterruptedException {
    try {
      podman(List.of("image", "inspect", "--format", "{{.Id}}", image));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  /**
   * Starts one.
   *
   * @param pod what it is a container of
   * @param environment in the place of ConfigMaps and Secrets
   * @param folders made for the volumes that are not for temporary files
   */
  static ImageContainer start(
      String image,
      JsonNode pod,
      Container container,
      Map<String, String> environment,
      Path folders)
      throws IOException, InterruptedException {
    String name = "relata-check-" + container.name() + "-" + ProcessHandle.current().pid();
    List<String> run = new ArrayList<>(runtime());
    run.addAll(List.of("run", "--detach", "--pull", "never", "--name", name, "--replace"));
    run.addAll(List.of("--network", "host", "--read-only", "--read-only-tmpfs=false"));
    run.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    run.addAll(List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"));
    JsonNode user = pod.at("/securityContext");
    run.addAll(List.of("--user", user.at("/runAsUser").asInt() + ":" + user.at("/runAsGroup")));
    String memory = container.manifest().at("/resources/limits/memory").asText();
    run.addAll(List.of("--memory", memory.replace("Mi", "m").replace("Gi", "g")));
    for (JsonNode mount : container.manifest().path("volumeMounts")) {
      String path = mount.path("mountPath").asText();
      if (path.equals("/tmp")) {
        run.addAll(List.of("--tmpfs", "/tmp:size=64m,mode=1777"));
      } else {
        run.addAll(List.of("--volume", open(folders, mount.path("name").asText()) + ":" + path));
      }
    }
    for (String variable : container.variables()) {
      String value = container.value(variable);
      if (!value.isEmpty() && !value.contains("$(")) {
        run.addAll(List.of("--env", variable + "=" + value));
      }
    }
    environment.forEach((key, value) -> run.addAll(List.of("--env", key + "=" + value)));
    run.add(image);
    podman(run);
    return new ImageContainer(name);
  }

  /** Waits until it has ended, and returns its exit code. */
  int awaitEnd() throws IOException, InterruptedException {
    return Integer.parseInt(podman(List.of("wait", name)));
  }

  /** Tells it to end, as a kubelet does; the exit code is 137 if the grace was not enough. */
  int stop(Duration grace) throws IOException, InterruptedException {
    podman(List.of("stop", "--time", Long.toString(grace.toSeconds()), name));
    return Integer.parseInt(inspect("{{.State.ExitCode}}"));
  }

  String log() throws IOException, InterruptedException {
    return podman(List.of("logs", name));
  }

  /** The files that its process has mapped. */
  String mapped() throws IOException, InterruptedException {
    return Files.readString(Path.of("/proc", inspect("{{.State.Pid}}"), "maps"));
  }

  /** The memory that counts against its limit, now and at most so far, in MiB. */
  String memory() throws IOException, InterruptedException {
    String group = inspect("{{.State.CgroupPath}}");
    Path first = Path.of("/sys/fs/cgroup/memory" + group);
    Path second = Path.of("/sys/fs/cgroup" + group);
    return Files.exists(first)
        ? mebibytes(first, "memory.usage_in_bytes", "memory.max_usage_in_bytes")
        : mebibytes(second, "memory.current", "memory.peak");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    podman(List.of("rm", "--force", "--time", "5", name));
  }

  private static String mebibytes(Path group, String now, String most) throws IOException {
    long current = Long.parseLong(Files.readString(group.resolve(now)).strip());
    long peak = Long.parseLong(Files.readString(group.resolve(most)).strip());
    return "now %d MiB, at most %d MiB".formatted(current >> 20, peak >> 20);
  }

  /** A folder that whoever runs in the container may write to. */
  private static Path open(Path folders, String name) throws IOException {
    Path folder = Files.createDirectories(folders.resolve(name));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private String inspect(String format) throws IOException, InterruptedException {
    return podman(List.of("inspect", "--format", format, name));
  }

  /** Debian's podman would take crun, which is not everywhere. */
  private static List<String> runtime() {
    return Files.isExecutable(Path.of("/usr/sbin/runc")) ? List.of("--runtime", "runc") : List.of();
  }

  private static String podman(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(arguments);
    Path output = Files.createTempFile("podman", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean isOver = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (!isOver || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said;
    } finally {
      Files.delete(output);
    }
  }
}
