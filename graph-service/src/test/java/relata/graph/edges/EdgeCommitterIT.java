package relata.graph.edges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.generation.GenerationConfig;
import relata.graph.generation.Generations;
import relata.graph.generation.SharedStores;
import relata.graph.snapshot.Snapshots;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.SnapshotSettings;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class EdgeCommitterIT {
  @Inject Database database;
  @Inject GenerationConfig generationConfig;
  @Inject EdgesConfig config;
  @Inject EdgesChangedPublisher publisher;
  @Inject SharedStores stores;
  @Inject MeterRegistry meters;

  private Fixture fixture;
  private final List<EdgeCommitter> replicas = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
  }

  @AfterEach
  void close() throws Exception {
    replicas.forEach(EdgeCommitter::close);
    fixture.close();
  }

  /** A committer with an index of its own, as another process would have. */
  private EdgeCommitter replica() {
    EdgeCommitter replica =
        new EdgeCommitter(
            database,
            new Generations(
                database, generationConfig, stores, new Snapshots(SnapshotSettings.none()), meters),
            config,
            publisher,
            meters);
    replicas.add(replica);
    return replica;
  }

  private void assertGraphIsRight(Fixture.Generation generation) throws Exception {
    assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
  }

  @Test
  void edgesAreThoseOfAComputationFromScratch() throws Exception {
    for (int maxNeighbors : new int[] {1, 3}) {
      Fixture.Generation generation = fixture.generation(0.5, maxNeighbors);
      RandomDocuments documents = new RandomDocuments(fixture, generation, 40, maxNeighbors);
      EdgeCommitter committer = replica();
      for (int i = 0; i < 25; i++) {
        committer.commit(generation.id(), documents.change(8));
        assertGraphIsRight(generation);
      }
      assertFalse(fixture.graph().lists(generation).isEmpty());
    }
  }

  @Test
  void aDocumentIsComparedWithThoseThatAnotherReplicaCommitted() throws Exception {
    Fixture.Generation generation = fixture.generation(0.5, 3);
    EdgeCommitter one = replica();
    EdgeCommitter other = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    one.commit(generation.id(), Set.of(1L));
    other.commit(generation.id(), Set.of(1L));
    fixture.store(generation, 2, 1, new float[] {1, 0.1f});
    one.commit(generation.id(), Set.of(2L));
    fixture.store(generation, 3, 1, new float[] {1, 0.2f});
    other.commit(generation.id(), Set.of(3L));
    assertGraphIsRight(generation);
    assertEquals(2, fixture.graph().lists(generation).get(3L).size());
  }

  @Test
  void aReplicaThatTheLogNoLongerReachesComparesTheWholeGeneration() throws Exception {
    Fixture.Generation generation = fixture.generation(0.5, 3);
    EdgeCommitter one = replica();
    EdgeCommitter other = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 0});
    one.commit(generation.id(), Set.of(1L, 2L));
    other.commit(generation.id(), Set.of(1L));
    fixture.store(generation, 3, 1, new float[] {1, 0.1f});
    fixture.erase(generation, 2);
    one.commit(generation.id(), Set.of(2L, 3L));
    fixture.run("delete from graph.commit_log where generation_id = ?", generation.id());
    fixture.store(generation, 4, 1, new float[] {1, 0.2f});
    other.commit(generation.id(), Set.of(4L));
    assertGraphIsRight(generation);
  }

  @Test
  void twoReplicasAtOnceLoseNoEdge() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 7);
    Random random = new Random(7);
    List<EdgeCommitter> both = List.of(replica(), replica());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 15; round++) {
        List<Long> changed = List.copyOf(documents.change(20));
        List<Callable<CommitOutcome>> commits = new ArrayList<>();
        // Each replica gets some of the documents, twice in part, in batches that overlap.
        for (int batch = 0; batch < 4; batch++) {
          EdgeCommitter replica = both.get(batch % 2);
          int from = batch * changed.size() / 4;
          List<Long> share =
              new ArrayList<>(changed.subList(from, (batch + 1) * changed.size() / 4));
          share.add(changed.get(random.nextInt(changed.size())));
          commits.add(() -> replica.commit(generation.id(), share));
        }
        for (Future<CommitOutcome> commit : executor.invokeAll(commits)) {
          commit.get();
        }
        assertGraphIsRight(generation);
      }
    }
    assertEquals(
        fixture.number(
            "select commit_seq from graph.generation where generation_id = ?", generation.id()),
        fixture.number(
            "select count(*) from graph.commit_log where generation_id = ?", generation.id()));
  }

  @Test
  void dealingWithEverythingAgainWritesNothing() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 30, 11);
    EdgeCommitter committer = replica();
    Set<Long> all = documents.change(60);
    committer.commit(generation.id(), all);
    String before = fixture.graph().rowPlaces(generation);
    assertNotEquals("", before);
    assertEquals(new CommitOutcome.Unchanged(), committer.commit(generation.id(), all));
    assertEquals(new CommitOutcome.Unchanged(), replica().commit(generation.id(), all));
    assertEquals(before, fixture.graph().rowPlaces(generation));
  }

  @Test
  void vectorsThatChangedUnderTheSameVersionAreNoticed() throws Exception {
    Fixture.Generation generation = fixture.generation(0.5, 2);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {0, 1});
    committer.commit(generation.id(), Set.of(1L, 2L));
    assertEquals(Map.of(), fixture.graph().lists(generation));
    fixture.store(generation, 2, 1, new float[] {1, 0});
    committer.commit(generation.id(), Set.of(2L));
    assertGraphIsRight(generation);
    assertEquals(2, fixture.graph().lists(generation).size());
  }

  @Test
  void aRemovedDocumentLeavesNoTraceAndOthersAreRefilled() throws Exception {
    Fixture.Generation generation = fixture.generation(0.1, 1);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 0});
    fixture.store(generation, 3, 1, new float[] {1, 1});
    committer.commit(generation.id(), Set.of(1L, 2L, 3L));
    assertEquals(2, fixture.graph().lists(generation).get(1L).getFirst().neighborId());
    fixture.erase(generation, 2);
    committer.commit(generation.id(), Set.of(2L));
    assertGraphIsRight(generation);
    assertEquals(3, fixture.graph().lists(generation).get(1L).getFirst().neighborId());
  }

  @Test
  void aSkippedDocumentIsLinkedWithoutNeighbours() throws Exception {
    Fixture.Generation generation = fixture.generation(0.1, 1);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 4);
    assertInstanceOf(CommitOutcome.Committed.class, committer.commit(generation.id(), Set.of(1L)));
    assertEquals(Map.of(1L, 4L), fixture.graph().nodes(generation));
  }

  @Test
  void vectorsThatCannotBeComparedAreLeftOut() throws Exception {
    Fixture.Generation generation = fixture.generation(0.1, 3);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 0, 0});
    fixture.store(generation, 3, 1, new float[] {1, 0}, new float[] {1, 0, 0});
    fixture.store(generation, 4, 1, new float[] {1, Float.NaN});
    fixture.store(generation, 5, 1, new float[] {0, 0});
    fixture.store(generation, 6, 1, new float[] {1, 0.1f});
    committer.commit(generation.id(), Set.of(1L, 2L, 3L, 4L, 5L, 6L));
    assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
    assertEquals(Set.of(1L, 6L), fixture.graph().lists(generation).keySet());
  }

  @Test
  void aDeletedGenerationIsErased() throws Exception {
    Fixture.Generation generation = fixture.generation(0.1, 3);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 0});
    committer.commit(generation.id(), Set.of(1L, 2L));
    assertNotEquals("", fixture.graph().rowPlaces(generation));
    fixture.deleteCollection(generation);
    assertEquals(new CommitOutcome.Gone(), committer.commit(generation.id(), Set.of(1L)));
    assertEquals("", fixture.graph().rowPlaces(generation));
    assertEquals(new CommitOutcome.Gone(), replica().commit(generation.id(), Set.of(1L)));
    assertEquals("", fixture.graph().rowPlaces(generation));
    assertTrue(committer.eraseIfGone(generation.id()));
  }

  @Test
  void whatALostReplicaOfTheLogForgotIsForgottenAfterAnHourOnly() throws Exception {
    Fixture.Generation generation = fixture.generation(0.1, 3);
    EdgeCommitter committer = replica();
    fixture.store(generation, 1, 1, new float[] {1, 0});
    committer.commit(generation.id(), Set.of(1L));
    fixture.store(generation, 1, 2, new float[] {1, 0});
    committer.commit(generation.id(), Set.of(1L));
    fixture.run(
        "update graph.commit_log set committed_at = now() - interval '61 minutes'"
            + " where generation_id = ? and commit_seq = 1",
        generation.id());
    committer.forgetOldCommits();
    assertEquals(
        2,
        fixture.number(
            "select min(commit_seq) from graph.commit_log where generation_id = ?",
            generation.id()));
  }
}
