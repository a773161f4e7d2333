package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.ScriptRun;

/** A cache is taken only by a JVM with the options that it was made with. */
final class ImageOptionsIT {
  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void imagesAreTrainedWithTheOptionsOfTheirDeployment(String service) throws Exception {
    assertEquals(
        Manifests.ofBase().container(service).value("JDK_JAVA_OPTIONS"),
        ScriptRun.ofImages("--options", service).output());
  }
}
