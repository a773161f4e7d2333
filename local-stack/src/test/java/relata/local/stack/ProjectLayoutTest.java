package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectLayoutTest {
  private static final String LEVEL = "-XX:TieredStopAtLevel=";

  @ParameterizedTest
  @EnumSource
  void everyJvmTakesMoreOptions(Part part) {
    List<String> command = ProjectLayout.java(part, 10, " -Xlog:gc  -Da=b ");

    assertTrue(command.containsAll(List.of("-Xlog:gc", "-Da=b")), command.toString());
    assertEquals(command.size() - 2, ProjectLayout.java(part, 10, " ").size());
  }

  /** The last of two that contradict each other counts. */
  @Test
  void theKernelsAreCompiledWellWhateverElseIsSaid() {
    List<String> levels =
        ProjectLayout.java(Part.GRAPH, 10, LEVEL + 1).stream()
            .filter(option -> option.startsWith(LEVEL))
            .toList();

    assertEquals(List.of(LEVEL + 1, LEVEL + 4), levels);
  }

  @Test
  void theModelServerIsStartedFromNoCache() {
    ProjectLayout layout = new ProjectLayout(Path.of("nowhere"));

    assertThrows(IllegalArgumentException.class, () -> layout.service(Part.MODEL));
  }
}
