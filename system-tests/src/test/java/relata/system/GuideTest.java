package relata.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No command gets into {@code docs/operate.md} unseen. */
final class GuideTest {
  @Test
  void everyCommandIsRunByATestOrListedAsOneThatNeedsACluster() throws IOException {
    assertEquals(
        listed(),
        Guide.blocks().stream()
            .filter(block -> block.name().isEmpty())
            .flatMap(block -> block.commands().stream())
            .toList());
  }

  @Test
  void everyBlockIsForAShell() {
    assertEquals(
        Set.of("sh"),
        Guide.blocks().stream().map(Guide.Block::language).collect(Collectors.toSet()));
  }

  private static List<String> listed() throws IOException {
    try (InputStream list = GuideTest.class.getResourceAsStream("/cluster-only.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
