package relata.graph.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.database.DatabaseConfig;
import relata.graph.snapshot.Snapshots;
import relata.graph.testing.SnapshotSettings;

class GenerationsTest {
  @Test
  void afterAnErrorTheGenerationIsLoadedAgainAndNobodyWaits() {
    Generations generations =
        new Generations(
            new Database(null, failing()),
            new SmallRyeConfigBuilder()
                .withMapping(GenerationConfig.class)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(GenerationConfig.class),
            null,
            new Snapshots(SnapshotSettings.none()),
            new SimpleMeterRegistry());
    for (int i = 0; i < 2; i++) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertThrows(OutOfMemoryError.class, () -> generations.find(7)));
      assertEquals(Set.of(), generations.ids());
    }
  }

  /** A database of which every use ends in an error that is no exception. */
  private static DatabaseConfig failing() {
    return (DatabaseConfig)
        Proxy.newProxyInstance(
            DatabaseConfig.class.getClassLoader(),
            new Class<?>[] {DatabaseConfig.class},
            (proxy, method, arguments) -> {
              throw new OutOfMemoryError("no memory");
            });
  }
}
