package relata.graph.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;

/** A collection whose documents are as many as before, and not the same, is tuned again. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class GrowthIT {
  private static final int DOCUMENTS = 40;

  /** Nothing is too small, too early or too much to be tuned. */
  private static final Map<String, String> EAGER =
      Map.of(
          "relata.tune.min-chunks", "1",
          "relata.tune.growth", "1.5",
          "relata.tune.cooldown", "PT0S",
          "relata.tune.retry", "PT0S",
          "relata.tune.trials-an-hour", "1000");

  @Inject EdgeCommitter committer;
  @Inject QuerySample sample;

  private Replicas replicas;
  private Fixture fixture;
  private Fixture.Generation generation;
  private Replica replica;
  private long version;

  @BeforeEach
  void tunedOnce() throws Exception {
    replicas = new Replicas();
    fixture = replicas.fixture();
    generation = fixture.generation(0.9, 3);
    FeatureEvents.createStream(replicas.nats());
    start();
    for (int i = 0; i < 60; i++) {
      sample.offerStored(generation.id(), "query " + i, new float[] {i, 60 - i}, 10);
    }
    sample.flush();
    change(1, DOCUMENTS);
    look();
    awaitRuns(1);
  }

  @AfterEach
  void erase() throws Exception {
    fixture.deleteCollection(generation);
    committer.eraseIfGone(generation.id());
    replica.tuner().stop();
    replicas.close();
  }

  private void start() {
    replica = replicas.start(EAGER);
    replica.generations().find(generation.id());
  }

  /**
   * Documents with ids from {@code first} up have other vectors, and the feed has dealt with it.
   */
  private void change(long first, int count) throws Exception {
    version++;
    for (long id = first; id < first + count; id++) {
      fixture.store(generation, id, version, new float[] {id, version});
      FeatureEvents.publish(replicas.nats(), generation, id);
    }
    replicas.awaitRightGraph(generation);
  }

  private void remove(long first, int count) throws Exception {
    for (long id = first; id < first + count; id++) {
      fixture.erase(generation, id);
      FeatureEvents.publish(replicas.nats(), generation, id);
    }
    replicas.awaitRightGraph(generation);
  }

  /** Returns when the replica has looked for what is due. */
  private void look() throws Exception {
    replica.tuner().request().get(Replicas.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private long runs(String which) throws Exception {
    return fixture.number(
        "select count(*) from graph.tuning_run where generation_id = ? and " + which,
        generation.id());
  }

  /** So many have found out what searches should do, and each because of growth. */
  private void awaitRuns(int count) throws Exception {
    await()
        .atMost(Replicas.LIMIT)
        .until(
            () ->
                runs("cause = 'growth' and outcome in ('promoted', 'kept', 'fell_back')") == count);
    assertEquals(count, runs("true"));
  }

  @Test
  void halfOfTheCollectionHasToChange() throws Exception {
    change(1, DOCUMENTS / 2 - 1);
    look();
    assertEquals(1, runs("true"));
    change(DOCUMENTS, 1);
    look();
    awaitRuns(2);
    look();
    assertEquals(2, runs("true"), "what changed before a run is not counted again");
  }

  @Test
  void whatIsRemovedAndWhatComesInItsPlaceCount() throws Exception {
    remove(1, DOCUMENTS / 4);
    change(DOCUMENTS + 1, DOCUMENTS / 4 - 1);
    look();
    assertEquals(1, runs("true"));
    change(2 * DOCUMENTS, 1);
    look();
    awaitRuns(2);
  }

  @Test
  void whatChangedBeforeARestartCounts() throws Exception {
    change(1, DOCUMENTS / 2 - 1);
    replica.tuner().stop();
    replica.stop();
    start();
    look();
    assertEquals(1, runs("true"));
    change(DOCUMENTS, 1);
    look();
    awaitRuns(2);
  }
}
