package relata.graph.edges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.testing.Fixture;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ErasureIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final String WRITE =
      """
      with n as (insert into graph.node select $1, id, 1 from generate_series(1, 50) id),
           e as (insert into graph.neighbor select $1, id, 99, 0.5, 0, 0
                   from generate_series(1, 50) id)
      insert into graph.commit_log select $1, id, array[id] from generate_series(1, 50) id
      """;

  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
       where wait_event_type = 'Lock' and query like '%graph.generation%for update%'
      """;

  @Inject Database database;

  @Test
  void allThatACommitWroteMeanwhileIsErased() throws Exception {
    try (Fixture fixture = new Fixture();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Fixture.Generation generation = fixture.generation(0.5, 3);
      fixture.run("insert into graph.generation values (?)", generation.id());
      CountDownLatch written = new CountDownLatch(1);
      CountDownLatch mayCommit = new CountDownLatch(1);
      Future<?> commit =
          executor.submit(
              () ->
                  database.transaction(
                      session -> {
                        var unused = new CommitLog(session, generation.id()).take();
                        session.query(WRITE, generation.id());
                        written.countDown();
                        return arrived(mayCommit);
                      }));
      assertTrue(arrived(written));
      fixture.deleteCollection(generation);
      Future<Boolean> gone =
          executor.submit(() -> new Erasure(database, 4).eraseIfGone(generation.id()));
      await().atMost(LIMIT).until(() -> fixture.number(WAITING) == 1);
      mayCommit.countDown();
      commit.get();
      assertTrue(gone.get());
      assertEquals("", fixture.graph().rowPlaces(generation));
    }
  }

  private static boolean arrived(CountDownLatch latch) {
    try {
      return latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
