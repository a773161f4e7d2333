package relata.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaConfigTest {
  private static final Map<String, String> WHOLE =
      Map.of(
          "RELATA_SCHEMA_URL", "jdbc:postgresql://localhost/relata",
          "RELATA_SCHEMA_USER", "owner",
          "RELATA_SCHEMA_PASSWORD", "a",
          "RELATA_API_PASSWORD", "b",
          "RELATA_WORKER_PASSWORD", "c",
          "RELATA_GRAPH_PASSWORD", "d");

  @TempDir private Path folder;

  @Test
  void readsAPasswordFromTheFileThatIsNamed() throws IOException {
    Map<String, String> environment = new HashMap<>(WHOLE);
    environment.remove("RELATA_API_PASSWORD");
    Path file = Files.writeString(folder.resolve("api-password"), "secret\n");
    environment.put("RELATA_API_PASSWORD_FILE", file.toString());

    assertEquals("secret", SchemaConfig.fromEnvironment(environment).apiPassword());
  }

  @Test
  void namesTheVariableWhoseFileIsMissing() {
    Map<String, String> environment = new HashMap<>(WHOLE);
    environment.remove("RELATA_API_PASSWORD");
    environment.put("RELATA_API_PASSWORD_FILE", folder.resolve("nothing").toString());

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SchemaConfig.fromEnvironment(environment));
    assertTrue(refused.getMessage().contains("RELATA_API_PASSWORD_FILE"));
  }

  @Test
  void namesWhatIsNeitherAVariableNorAFile() {
    Map<String, String> environment = new HashMap<>(WHOLE);
    environment.remove("RELATA_GRAPH_PASSWORD");

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SchemaConfig.fromEnvironment(environment));
    assertEquals("Set the environment variable RELATA_GRAPH_PASSWORD.", refused.getMessage());
  }
}
