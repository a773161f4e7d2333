package relata.system.kubernetes;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the services of a cluster log, as {@code k8s/base} says. */
public final class ShippedLog {
  private ShippedLog() {}

  /** Variables of a service by name: whether lines are JSON, and what is said of traces. */
  public static Map<String, String> settingsOf(String service)
      throws IOException, InterruptedException {
    Container container = Manifests.ofBase().container(service);
    return container.variables().stream()
        .filter(name -> name.startsWith("RELATA_LOG_") || name.startsWith("RELATA_TRACES_"))
        .collect(Collectors.toMap(Function.identity(), container::value));
  }
}
