package relata.local.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFinderTest {
  private static final ToIntFunction<List<String>> NO_SUCH_PROGRAM = command -> 127;

  private static final Tool TOOL =
      new Tool("nats-server", "nats-server", "NATS_SERVER", "macOS: brew install nats-server");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<String> run = new ArrayList<>();

  @Test
  void theEnvironmentNamesIt() throws Exception {
    Path program = program("mine");
    assertEquals(
        program, binary(Map.of("NATS_SERVER", program.toString()), NO_SUCH_PROGRAM).locate());
  }

  @Test
  void aWrongNameInTheEnvironmentIsNotReplacedByAnotherProgram() throws Exception {
    program("nats-server");
    String words = failure(Map.of("NATS_SERVER", "/none", "PATH", folder.toString()));
    assertTrue(words.contains("NATS_SERVER names /none"), words);
  }

  @Test
  void itIsFoundOnThePath() throws Exception {
    Path program = program("nats-server");
    assertEquals(program, binary(Map.of("PATH", "/none:" + folder), NO_SUCH_PROGRAM).locate());
  }

  @Test
  void withoutAptTheUserIsToldWhatToInstall() {
    String words = failure(Map.of());
    assertTrue(words.contains("apt-get install nats-server"), words);
    assertTrue(words.contains("NATS_SERVER"), words);
  }

  @Test
  void rootInstallsItAfterSayingSo() {
    ToolFinder binary =
        binary(Map.of("PATH", folder.toString()), installing(List.of("apt-get --version", "sh")));
    assertEquals(folder.resolve("nats-server"), binary.locate());
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("installing the package"));
    assertTrue(run.getLast().startsWith("env DEBIAN_FRONTEND=noninteractive apt-get install"));
  }

  @Test
  void anotherUserInstallsItWithSudoIfThatAsksForNoPassword() {
    ToolFinder binary =
        binary(
            Map.of("PATH", folder.toString()),
            installing(List.of("apt-get --version", "sudo -n true")));
    assertEquals(folder.resolve("nats-server"), binary.locate());
    assertTrue(run.getLast().startsWith("sudo -n env"), run.toString());
  }

  @Test
  void whoMayNotInstallIsToldWhatToInstall() {
    ToolFinder binary =
        binary(
            Map.of("PATH", folder.toString()),
            command -> String.join(" ", command).equals("apt-get --version") ? 0 : 1);
    IllegalStateException missing = assertThrows(IllegalStateException.class, binary::locate);
    assertTrue(missing.getMessage().contains("apt-get install nats-server"));
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anInstallationThatFailsIsTriedOnceMoreAfterAnUpdate() {
    ToolFinder binary =
        binary(
            Map.of("PATH", folder.toString()),
            command -> {
              run.add(String.join(" ", command));
              return run.getLast().contains("install") ? 100 : 0;
            });
    assertThrows(IllegalStateException.class, binary::locate);
    assertEquals(2, run.stream().filter(command -> command.contains("install")).count());
    assertEquals(1, run.stream().filter(command -> command.contains("update")).count());
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("could not install"));
  }

  /** Commands that begin with one of these succeed, and so does the installation. */
  private ToIntFunction<List<String>> installing(List<String> allowed) {
    return command -> {
      String line = String.join(" ", command);
      run.add(line);
      if (line.contains("install")) {
        program("nats-server");
        return 0;
      }
      return allowed.stream().anyMatch(line::startsWith) ? 0 : 1;
    };
  }

  private String failure(Map<String, String> environment) {
    ToolFinder binary = binary(environment, NO_SUCH_PROGRAM);
    return assertThrows(IllegalStateException.class, binary::locate).getMessage();
  }

  private ToolFinder binary(Map<String, String> environment, ToIntFunction<List<String>> runner) {
    return new ToolFinder(
        TOOL, environment, List::of, runner, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private Path program(String name) {
    try {
      Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
      assertTrue(file.toFile().setExecutable(true));
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
