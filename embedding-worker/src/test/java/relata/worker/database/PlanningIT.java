package relata.worker.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.local.testing.BackendsResource;
import relata.worker.support.OllamaPort;

/** A property that is spelt wrong is no error: only the database knows what it was told. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
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
        value, database.run("show " + setting, Tuple.tuple()).iterator().next().getString(0));
  }
}
