package relata.system.layering;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Who asks another service waits for longer than that one may take to find out what is wrong: else
 * the one that could tell is said to be away. Services do not see each other's settings, so their
 * defaults are compared here.
 */
final class LimitsTest {
  private static final String WITH_DEFAULT = "io.smallrye.config.WithDefault";

  @Test
  void theGatewayWaitsForAWorkerThatGetsNeitherListOfModels() {
    Duration waits = defaultOf(Layer.API, "model.ModelsConfig", "timeout");
    Duration list = defaultOf(Layer.WORKER, "catalog.ModelsConfig", "listLimit");
    assertTrue(waits.compareTo(list.multipliedBy(2)) > 0, waits + " for two lists of " + list);
  }

  /** Of a setting's value as the configuration writes it, such as {@code 2s}. */
  private static Duration defaultOf(Layer layer, String type, String setting) {
    Object value =
        new ClassFileImporter()
            .importPath(layer.classes())
            .get(layer.rootPackage + "." + type)
            .getMethod(setting)
            .getAnnotationOfType(WITH_DEFAULT)
            .get("value")
            .orElseThrow();
    return Duration.parse("PT" + value);
  }
}
