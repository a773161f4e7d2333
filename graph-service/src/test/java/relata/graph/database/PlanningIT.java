package relata.graph.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.local.testing.BackendsResource;

/** A property that is spelt wrong is no error: only the database knows what it was told. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PlanningIT {
  @Inject Database database;

  @ParameterizedTest
  @CsvSource({
    "max_parallel_workers_per_gather, 0",
    "plan_cache_mode, force_custom_plan",
    "enable_bitmapscan, off"
  })
  void statementsArePlannedAsIsConfigured(String setting, String value) {
    assertEquals(
        value,
        database.statement(
            session -> session.query("show " + setting).iterator().next().getString(0)));
  }
}
