package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real kubectl, so that what the tests read is what a cluster would get. */
final class Kubectl {
  private static final long LIMIT_SECONDS = 60;

  private Kubectl() {}

  /**
   * The manifests of a kustomization as one YAML stream.
   *
   * @throws IllegalStateException if there is no kubectl, saying how to get one
   */
  static String kustomize(Path folder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("kubectl", ".err");
    try {
      Process process = start(folder, errors);
      String manifests;
      try (InputStream output = process.getInputStream()) {
        manifests = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      }
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "kubectl does not end");
      assertEquals("", Files.readString(errors), "kubectl complains");
      assertEquals(0, process.exitValue());
      return manifests;
    } finally {
      Files.delete(errors);
    }
  }

  private static Process start(Path folder, Path errors) {
    try {
      return new ProcessBuilder("kubectl", "kustomize", folder.toString())
          .redirectError(errors.toFile())
          .start();
    } catch (IOException absent) {
      throw new IllegalStateException(
          "kubectl cannot be started. Any version from 1.20 on will do. On Debian: apt-get install"
              + " kubernetes-client; elsewhere: https://kubernetes.io/docs/tasks/tools/",
          absent);
    }
  }
}
