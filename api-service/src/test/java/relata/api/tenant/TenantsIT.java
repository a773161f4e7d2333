package relata.api.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.access.Keys;
import relata.api.database.UnfilteredPool;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.local.testing.BackendsResource;

/**
 * Two tenants go through every operation with their own names and each other's. There are two walls
 * between them, the service's filters and the database's policies, and each holds alone.
 */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@TestProfile(Keys.Required.class)
class TenantsIT {
  /** Tables whose policies were taken away keep the mark that they force them. */
  private static final String POLICIES =
      """
      do $$ declare t regclass; begin
        for t in select oid::regclass from pg_class where relforcerowsecurity loop
          execute format('alter table %%s %s row level security', t);
        end loop;
      end $$""";

  @Inject Pool pool;

  /** Two pairs: in one of them walks who was there first, in the other who was there second. */
  private List<World> worlds;

  @BeforeEach
  void tenantsWithEverythingWhileBothWallsStand() {
    worlds = Stream.generate(World::new).limit(4).toList();
  }

  @AfterEach
  void policiesStand() {
    Database.execute(POLICIES.formatted("enable"));
  }

  @Test
  void nothingIsSeenOrChangedOfAnotherTenant() throws Exception {
    assertEquals(List.of(), walk("filter and policies").leaks());
  }

  @Test
  void policiesAloneLetNothingThrough() throws Exception {
    try (UnfilteredPool unfiltered = new UnfilteredPool(pool)) {
      assertEquals(List.of(), walk("policies").leaks());
      assertTrue(unfiltered.takenOut() > 100, "of " + unfiltered.takenOut() + " statements");
    }
  }

  @Test
  void filterAloneLetsNothingThrough() throws Exception {
    Database.execute(POLICIES.formatted("disable"));
    assertEquals(List.of(), walk("filter").leaks());
  }

  /** Or the others would show nothing. */
  @Test
  void withoutEitherThereAreLeaksAndTheyAreFound() throws Exception {
    Database.execute(POLICIES.formatted("disable"));
    try (UnfilteredPool _ = new UnfilteredPool(pool)) {
      assertTrue(walk("neither").leaks().size() > 20);
    }
  }

  private Walk.Result walk(String walls) throws Exception {
    Walk.Result result =
        Walk.through(worlds.get(0), worlds.get(1)).plus(Walk.through(worlds.get(3), worlds.get(2)));
    System.out.printf(
        "tenants: walls=\"%s\" requests=%d answered=%d leaks=%d%n",
        walls, result.requests(), result.answered(), result.leaks().size());
    assertTrue(result.answered() > 50, "only " + result.answered() + " were answered");
    return result;
  }
}
