package relata.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets the conductor look four times a second, so that tests need not wait for it. */
public final class FastConductor implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "relata.generation.look-interval", "250ms",
        "relata.generation.max-look-interval", "1s",
        "relata.generation.max-queries", "2");
  }

  @Override
  public void stop() {}
}
