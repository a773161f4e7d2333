package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPointerTest {
  @TempDir Path folder;
  private Path project;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    project = folder.resolve("project/.relata");
    data = Files.createDirectory(folder.resolve("elsewhere"));
  }

  @Test
  void leadsToTheStackAsLongAsItIsThere() {
    new StackFile(data).ready("http://127.0.0.1:9", Map.of());
    try (StackPointer pointer = StackPointer.write(project, data)) {
      assertEquals(List.of(data), found());
    }
    assertEquals(List.of(), found());
  }

  @Test
  void ofAStackThatWasKilledIsPassedOverAndReplaced() throws IOException {
    StackPointer.write(project, data);
    assertEquals(List.of(), found(), "its stack.json is gone");

    new StackFile(data).ready("http://127.0.0.1:9", Map.of());
    Path json = data.resolve("stack.json");
    String alive = Files.readString(json);
    Files.writeString(json, alive.replaceAll("(\"startedAt\" : )\\d+", "$11000"));
    assertEquals(List.of(), found(), "another process has its number");

    Files.writeString(json, alive);
    StackPointer.write(project, data);
    assertEquals(List.of(data), found());
  }

  @Test
  void aStackIsFoundOnceHoweverManyWaysLeadToIt() throws IOException {
    Path inside = Files.createDirectories(project.resolve("up"));
    new StackFile(inside).ready("http://127.0.0.1:9", Map.of());
    StackPointer.write(project, inside);
    assertEquals(List.of(inside), found());
  }

  private List<Path> found() {
    return RunningStack.in(project).stream().map(RunningStack::dataDirectory).toList();
  }
}
