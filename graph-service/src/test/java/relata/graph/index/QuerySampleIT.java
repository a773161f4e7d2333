package relata.graph.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class QuerySampleIT extends IndexSituation {
  @Inject Database database;

  @Test
  void whatIsKeptOfQueriesIsBoundedAndForgottenWithTime() throws Exception {
    QuerySample small =
        new QuerySample(
            database,
            TuneConfigs.with(
                Map.of("relata.tune.sample-slots", "5", "relata.tune.sample-at-once", "3")));
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 50; i++) {
        small.offer(generation.id(), new float[] {round, i}, 10);
        small.offerStored(generation.id(), "text " + i, new float[] {i, round}, 10);
      }
      small.flush();
    }
    assertEquals(10, samples());
    fixture.run(
        "update graph.query_sample set sampled_at = now() - interval '31 days'"
            + " where generation_id = ? and slot < 2",
        generation.id());
    small.forget();
    assertEquals(6, samples());
    QuerySample none =
        new QuerySample(database, TuneConfigs.with(Map.of("relata.tune.sample-slots", "0")));
    none.offer(generation.id(), new float[] {1, 1}, 10);
    none.offerStored(generation.id(), "text", new float[] {1, 1}, 10);
    none.flush();
    assertEquals(6, samples());
  }

  private long samples() throws Exception {
    return fixture.number(
        "select count(*) from graph.query_sample where generation_id = ?", generation.id());
  }
}
