package relata.local.tool;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import relata.local.process.UserLocks;

/**
 * Where a program is: what its environment variable names, else on the PATH, else installed by
 * apt-get if that can be done without asking for a password.
 */
final class ToolFinder {
  private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");

  private final Tool tool;
  private final Map<String, String> environment;
  private final Supplier<List<Path>> usualFolders;
  private final ToIntFunction<List<String>> run;
  private final PrintStream messages;

  ToolFinder(
      Tool tool,
      Map<String, String> environment,
      Supplier<List<Path>> usualFolders,
      ToIntFunction<List<String>> run,
      PrintStream messages) {
    this.tool = tool;
    this.environment = Map.copyOf(environment);
    this.usualFolders = usualFolders;
    this.run = run;
    this.messages = messages;
  }

  static ToolFinder here(Tool tool) {
    return new ToolFinder(
        tool, System.getenv(), ToolFinder::usualFolders, ToolFinder::runHere, System.err);
  }

  /**
   * Debian puts servers into folders that are not on everybody's PATH, and those of PostgreSQL into
   * one a version, here the newest first.
   */
  private static List<Path> usualFolders() {
    List<Path> folders = new ArrayList<>(List.of(Path.of("/usr/sbin"), Path.of("/usr/local/bin")));
    if (Files.isDirectory(POSTGRES_VERSIONS)) {
      try (Stream<Path> versions = Files.list(POSTGRES_VERSIONS)) {
        versions
            .map(folder -> folder.getFileName().toString())
            .filter(name -> name.matches("\\d+"))
            .map(Integer::valueOf)
            .sorted(Comparator.reverseOrder())
            .forEach(version -> folders.add(POSTGRES_VERSIONS.resolve(version + "/bin")));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return folders;
  }

  Path locate() {
    String named = environment.getOrDefault(tool.variable(), "");
    if (!named.isBlank()) {
      if (!Files.isExecutable(Path.of(named))) {
        throw new IllegalStateException(
            tool.variable() + " names " + named + ", which is no program that can be run.");
      }
      return Path.of(named).toAbsolutePath();
    }
    return onPath()
        .or(() -> UserLocks.alone(() -> onPath().or(this::installed)))
        .orElseThrow(this::missing);
  }

  private Optional<Path> onPath() {
    List<Path> folders = new ArrayList<>();
    Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    folders.addAll(usualFolders.get());
    return folders.stream()
        .map(folder -> folder.resolve(tool.program()))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  private Optional<Path> installed() {
    if (run.applyAsInt(List.of("apt-get", "--version")) != 0) {
      return Optional.empty();
    }
    List<String> asRoot = new ArrayList<>();
    if (run.applyAsInt(List.of("sh", "-c", "test \"$(id -u)\" = 0")) != 0) {
      if (run.applyAsInt(List.of("sudo", "-n", "true")) != 0) {
        return Optional.empty();
      }
      asRoot.addAll(List.of("sudo", "-n"));
    }
    messages.printf(
        "%s is not installed: installing the package %s with apt-get.%n",
        tool.program(), tool.debianPackage());
    asRoot.addAll(List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get"));
    List<String> install = new ArrayList<>(asRoot);
    install.addAll(List.of("install", "-y", "-q", "--no-install-recommends", tool.debianPackage()));
    if (run.applyAsInt(install) != 0) {
      List<String> update = new ArrayList<>(asRoot);
      update.addAll(List.of("update", "-q"));
      if (run.applyAsInt(update) != 0 || run.applyAsInt(install) != 0) {
        messages.println("apt-get could not install " + tool.debianPackage() + ".");
        return Optional.empty();
      }
    }
    return onPath();
  }

  private IllegalStateException missing() {
    return new IllegalStateException(
        """
        %s is not installed. Install it (Debian, Ubuntu: apt-get install %s; %s), or name it in the \
        environment variable %s."""
            .formatted(tool.program(), tool.debianPackage(), tool.elsewhere(), tool.variable()));
  }

  /** The exit code of the command, its output thrown away; 127 if there is no such program. */
  private static int runHere(List<String> command) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException noSuchProgram) {
      return 127;
    }
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted while running " + command));
    }
  }
}
