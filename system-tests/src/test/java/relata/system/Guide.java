package relata.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The commands of {@code docs/operate.md}, as the tests run them. A block that a test runs has a
 * name behind its language: {@code ```sh test=backup}; one without needs a cluster, or more than a
 * test has.
 */
public final class Guide {
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(\\w*)(?: test=([a-z-]+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** A line that ends so goes on in the next. */
  private static final Pattern CONTINUED = Pattern.compile("\\s*\\\\\\n\\s*");

  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)# .*$");
  private static final long LIMIT_SECONDS = 120;

  private Guide() {}

  /**
   * A fenced block.
   *
   * @param name under which a test runs it; empty if none does
   */
  public record Block(String language, Optional<String> name, String script) {
    /** A command a line, without comments. */
    public List<String> commands() {
      return CONTINUED
          .matcher(script)
          .replaceAll(" ")
          .lines()
          .map(line -> COMMENT.matcher(line).replaceAll("").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  public static List<Block> blocks() {
    try {
      String text = Files.readString(Project.root().resolve("docs/operate.md"));
      return BLOCK
          .matcher(text)
          .results()
          .map(
              found ->
                  new Block(found.group(1), Optional.ofNullable(found.group(2)), found.group(3)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Of the blocks that a test runs, in their order, with a cluster's program or without. */
  public static List<String> names(boolean withKubectl) {
    return blocks().stream()
        .filter(block -> block.script().contains("kubectl") == withKubectl)
        .flatMap(block -> block.name().stream())
        .toList();
  }

  /** What a test runs under this name, all blocks that have it one after the other. */
  public static String script(String name) {
    List<String> scripts =
        blocks().stream()
            .filter(block -> block.name().filter(name::equals).isPresent())
            .map(Block::script)
            .toList();
    if (scripts.isEmpty()) {
      throw new IllegalStateException("docs/operate.md has no block test=" + name);
    }
    return String.join("", scripts);
  }

  /**
   * Runs a script as somebody would who types it into a shell, and stops at the first mistake.
   *
   * @return what it printed
   * @throws AssertionError if a command fails
   */
  public static String run(String script, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("guide", ".out");
    try {
      List<String> command = new ArrayList<>(List.of("bash", "-euo", "pipefail", "-c", script));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("It does not end:\n" + script);
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), () -> script + "\nprinted:\n" + printed);
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
