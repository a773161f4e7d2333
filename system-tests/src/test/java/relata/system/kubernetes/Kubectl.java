package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import relata.local.tool.Tool;

/** The real kubectl, so that what the tests read is what a cluster would get. */
final class Kubectl {
  /** Any version from 1.20 on will do. */
  private static final Tool PROGRAM =
      new Tool(
          "kubectl",
          "kubernetes-client",
          "KUBECTL",
          "elsewhere: https://kubernetes.io/docs/tasks/tools/");

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

  private static Process start(Path folder, Path errors) throws IOException {
    return new ProcessBuilder(PROGRAM.find().toString(), "kustomize", folder.toString())
        .redirectError(errors.toFile())
        .start();
  }
}
