package relata.graph.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.generation.GenerationIndex;
import relata.graph.testing.BulkWriter;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;

/** A generation that is being built stands still, with many more events than are held. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class FairTurnsIT {
  private static final int MANY = 600;
  private static final Map<String, String> SHORT_LINES =
      Map.of("relata.feed.max-messages", "50", "relata.feed.max-waiting", "100");

  private Replicas replicas;
  private Fixture fixture;
  private Fixture.Generation active;
  private Fixture.Generation building;

  @BeforeEach
  void open() throws Exception {
    replicas = new Replicas();
    fixture = replicas.fixture();
    active = fixture.generation(0.4, 3);
    building = fixture.building(active);
    FeatureEvents.createStream(replicas.nats());
  }

  @AfterEach
  void close() throws Exception {
    replicas.close();
  }

  @Test
  void theActiveGenerationIsLinkedAndSearchedWhileTheOtherStandsStill() throws Exception {
    Replica replica = replicas.start(SHORT_LINES);
    fixture.store(active, 1, 1, new float[] {1, 0});
    GenerationIndex index = replica.generations().find(active.id()).orElseThrow();
    fixture.run("insert into graph.generation values (?)", building.id());
    try (Fixture other = new Fixture()) {
      Connection locked = other.database();
      locked.setAutoCommit(false);
      other.number(
          "select generation_id from graph.generation where generation_id = ? for update",
          building.id());
      new BulkWriter(fixture.database(), 8).store(building, 1, MANY);
      BulkWriter.publish(replicas.nats(), building, 1, MANY);
      fixture.store(active, 2, 1, new float[] {1, 0.1f});
      replicas.publish(active, Set.of(1L, 2L));
      await()
          .atMost(Replicas.LIMIT)
          .untilAsserted(
              () -> {
                assertEquals(fixture.oracle().lists(active), fixture.graph().lists(active));
                assertEquals(2, fixture.graph().nodes(active).size());
                assertEquals(2, index.vectors().documentCount());
              });
      assertEquals(0, fixture.graph().nodes(building).size());
      locked.rollback();
    }
    replicas.awaitRightGraph(building);
    assertEquals(MANY, fixture.graph().nodes(building).size());
    replicas.awaitNothingPending();
  }
}
