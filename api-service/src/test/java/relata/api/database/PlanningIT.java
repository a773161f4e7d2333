package relata.api.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedQuery;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import relata.api.tenant.Tenant;
import relata.local.testing.BackendsResource;

/** A connection that kept a plan for one statement plans the next one anew. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PlanningIT {
  private static final String SETTINGS =
      """
      select current_setting('plan_cache_mode') || ' ' || current_setting('enable_seqscan') as told
      """;

  @Inject Pool pool;
  @Inject Vertx vertx;

  @Test
  void onlyWhatSaysSoIsPlannedOnceAConnection() throws Exception {
    for (int time = 0; time < 20; time++) {
      assertEquals("force_generic_plan off", told(() -> pool.preparedQuery(SETTINGS, Plan.KEPT)));
      assertEquals("force_custom_plan on", told(() -> pool.preparedQuery(SETTINGS)));
    }
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
    return told.get(10, TimeUnit.SECONDS);
  }
}
