package relata.api.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedQuery;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.tenant.Tenant;
import relata.local.testing.BackendsResource;

/**
 * What connections tell the database of how statements are planned; a property that is spelt wrong
 * is no error. One that kept a plan for one statement plans the next one anew.
 */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PlanningIT {
  private static final String SETTINGS =
      """
      select current_setting('plan_cache_mode') || ' ' || current_setting('enable_seqscan') as told
      """;

  @Inject Pool pool;

  @Inject
  @ReactiveDataSource("background")
  Pool background;

  @Inject Vertx vertx;

  @Test
  void onlyWhatSaysSoIsPlannedOnceAConnection() throws Exception {
    for (int time = 0; time < 20; time++) {
      assertEquals("force_generic_plan off", told(() -> pool.preparedQuery(SETTINGS, Plan.KEPT)));
      assertEquals("force_custom_plan on", told(() -> pool.preparedQuery(SETTINGS)));
    }
  }

  @ParameterizedTest
  @CsvSource({"max_parallel_workers_per_gather, 0", "plan_cache_mode, force_custom_plan"})
  void whatNobodyWaitsForIsPlannedAsIsConfigured(String setting, String value) {
    assertEquals(
        value,
        background
            .query("show " + setting)
            .execute()
            .await()
            .atMost(Duration.ofSeconds(30))
            .iterator()
            .next()
            .getString(0));
  }

  private String told(Supplier<PreparedQuery<RowSet<Row>>> statement) throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
        .runOnContext(
            _ -> {
              Tenant.enter(Tenant.OF_OPEN_ACCESS);
              statement
                  .get()
                  .execute()
                  .map(rows -> rows.iterator().next().getString("told"))
                  .subscribe()
                  .with(told::complete, told::completeExceptionally);
            });
    return told.get(30, TimeUnit.SECONDS);
  }
}
