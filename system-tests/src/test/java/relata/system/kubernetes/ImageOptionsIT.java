package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.Project;

/** A cache is taken only by a JVM with the options that it was made with. */
final class ImageOptionsIT {
  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void imagesAreTrainedWithTheOptionsOfTheirDeployment(String service) throws Exception {
    Process process =
        new ProcessBuilder("sh", "images/build", "--options", service)
            .directory(Project.root().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals(
          Manifests.ofBase().container(service).value("JDK_JAVA_OPTIONS"),
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
  }
}
