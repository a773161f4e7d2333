package relata.graph.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.CommitOutcome;
import relata.graph.edges.EdgeCommitter;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
import relata.graph.generation.Revision;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.Replica;
import relata.graph.text.TextQuery;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SweepIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Inject Sweep sweep;
  @Inject EdgeCommitter committer;
  @Inject Generations generations;

  @ConfigProperty(name = "relata.nats.url")
  String natsUrl;

  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void withoutAnyEventTheGraphBecomesRight() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 50, 3);
    for (int round = 0; round < 5; round++) {
      documents.change(30);
      sweep.run();
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
      assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
    }
    assertFalse(fixture.graph().lists(generation).isEmpty());
    String before = fixture.graph().rowPlaces(generation);
    sweep.run();
    assertEquals(before, fixture.graph().rowPlaces(generation));
  }

  @Test
  void whatIsLookedAtPageByPageIsAllFound() throws Exception {
    Sweep pages = new Replica(natsUrl, Map.of("relata.sweep.page-rows", "7")).sweep();
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 50, 5);
    for (int round = 0; round < 5; round++) {
      documents.change(30);
      pages.run();
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
      assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
    }
    assertTrue(fixture.graph().nodes(generation).size() > 7);
  }

  @Test
  void featuresMadeAnewOfAnUnchangedDocumentAreLinkedWithoutAnyEvent() throws Exception {
    Fixture.Generation generation = linkedPair();
    String before = fixture.graph().rowPlaces(generation);
    fixture.run(
        """
        update feature.document_state set state = 'processing', request = 1
         where generation_id = ? and document_id = 1
        """,
        generation.id());
    sweep.run();
    assertEquals(before, fixture.graph().rowPlaces(generation), "nothing is stored yet");
    fixture.store(generation, 1, new Revision(1, 1), new float[] {2, 3});
    assertNotEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    sweep.run();
    assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    String after = fixture.graph().rowPlaces(generation);
    sweep.run();
    assertEquals(after, fixture.graph().rowPlaces(generation));
  }

  @Test
  void anIndexThatMissedWhatOthersCommittedIsBroughtUpToDate() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 1});
    sweep.run();
    GenerationIndex index = generations.find(generation.id()).orElseThrow();
    fixture.store(generation, 1, 2, new float[] {0, 1});
    fixture.store(generation, 3, 1, "a new note", List.of("gardening"), new float[] {0, 2});
    fixture.erase(generation, 2);
    fixture.run(
        """
        insert into graph.node (generation_id, document_id, version) values (?, 3, 1)
        """,
        generation.id());
    sweep.run();
    assertEquals(
        List.of(1L, 3L),
        index.vectors().nearest(new float[] {0, 1}, 5).stream().map(h -> h.documentId()).toList());
    assertEquals(1, index.text().search(new TextQuery.Typed("gardening", 5), 5).size());
  }

  @Test
  void aDeletedGenerationIsErasedAndForgotten() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 1});
    sweep.run();
    assertFalse(fixture.graph().lists(generation).isEmpty());
    fixture.deleteCollection(generation);
    sweep.run();
    assertEquals("", fixture.graph().rowPlaces(generation));
    assertTrue(generations.findLoaded(generation.id()).isEmpty());
  }

  @Test
  void rowsOfAGenerationThatNobodyKnowsAreErased() throws Exception {
    for (String insert :
        List.of(
            "insert into graph.node values (?, 1, 1)",
            "insert into graph.neighbor values (?, 1, 2, 0.5, 0, 0)",
            "insert into graph.commit_log values (?, 1, array[1])")) {
      Fixture.Generation generation = fixture.generation(0.4, 2);
      fixture.deleteCollection(generation);
      fixture.run(insert, generation.id());
      assertNotEquals("", fixture.graph().rowPlaces(generation));
      sweep.run();
      assertEquals("", fixture.graph().rowPlaces(generation), insert);
    }
  }

  @Test
  void theTextOfADeletedDocumentLeavesMemory() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    Random random = new Random(1);
    int length = 20_000;
    // So many that deleting one does not yet lead to a merge by itself.
    for (int id = 1; id <= 10; id++) {
      String text = letters(random, length);
      fixture.store(generation, id, 1, "note " + id, List.of(text), new float[] {1, id});
    }
    sweep.run();
    GenerationIndex index = generations.find(generation.id()).orElseThrow();
    long before = index.text().sizeBytes();
    assertTrue(before > 10 * length / 2);
    fixture.erase(generation, 1);
    sweep.run();
    assertTrue(index.text().sizeBytes() < before - length / 2);
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder(length);
    random.ints(length, 'a', 'z').forEach(letters::appendCodePoint);
    return letters.toString();
  }

  @Test
  void aRetiredGenerationLeavesMemoryAndComesBackWhenAskedFor() throws Exception {
    Fixture.Generation generation = linkedPair();
    retire(generation, "1 hour");
    sweep.run();
    assertTrue(generations.findLoaded(generation.id()).isEmpty());
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.graph().nodes(generation));
    GenerationIndex index = generations.find(generation.id()).orElseThrow();
    assertEquals(2, index.vectors().nearest(new float[] {1, 0}, 5).size());
  }

  @Test
  void aGenerationThatWasJustSwitchedAwayFromIsNotLoadedAnewWhenItIsSwitchedBack()
      throws Exception {
    Fixture.Generation generation = linkedPair();
    GenerationIndex index = generations.find(generation.id()).orElseThrow();
    retire(generation, "1 minute");
    sweep.run();
    assertSame(index, generations.findLoaded(generation.id()).orElseThrow());
    fixture.store(generation, 3, 1, new float[] {1, 0});
    sweep.run();
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.graph().nodes(generation));
    for (String state : List.of("building", "active")) {
      fixture.state(generation, state);
      sweep.run();
      assertSame(index, generations.findLoaded(generation.id()).orElseThrow());
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
      assertEquals(3, fixture.graph().nodes(generation).size());
    }
  }

  @Test
  void aDocumentThatIsDeletedLeavesARetiredGenerationToo() throws Exception {
    Fixture.Generation generation = linkedPair();
    retire(generation, "1 hour");
    sweep.run();
    fixture.erase(generation, 2);
    sweep.run();
    assertEquals(Map.of(1L, 1L), fixture.graph().nodes(generation));
    assertEquals(Map.of(), fixture.graph().lists(generation));
  }

  @Test
  void aPausedGenerationIsLinkedNoFurtherUntilItIsResumed() throws Exception {
    Fixture.Generation generation = fixture.building(linkedPair());
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 0});
    fixture.run("update content.generation set paused = true where id = ?", generation.id());
    sweep.run();
    assertEquals(new CommitOutcome.Unchanged(), committer.commit(generation.id(), Set.of(1L, 2L)));
    assertEquals(Map.of(), fixture.graph().nodes(generation));
    assertTrue(generations.findLoaded(generation.id()).isEmpty());
    fixture.run("update content.generation set paused = false where id = ?", generation.id());
    sweep.run();
    assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    assertEquals(2, fixture.graph().nodes(generation).size());
  }

  @Test
  void aGenerationThatIsResumedNeedNotWaitForTheNextSweep() throws Exception {
    Fixture.Generation resumed = fixture.building(fixture.generation(0.4, 2));
    fixture.store(resumed, 1, 1, new float[] {1, 0});
    fixture.store(resumed, 2, 1, new float[] {1, 0});
    fixture.run("update content.generation set paused = true where id = ?", resumed.id());
    Fixture.Generation built = fixture.building(fixture.generation(0.4, 2));
    fixture.store(built, 1, 1, new float[] {1, 0});
    Sweep sweep =
        new Replica(
                natsUrl, Map.of("relata.sweep.interval", "PT1H", "relata.sweep.arrivals", "PT0.1S"))
            .sweep();
    sweep.start();
    try {
      await().atMost(LIMIT).until(() -> fixture.graph().nodes(built).size() == 1);
      assertEquals(Map.of(), fixture.graph().nodes(resumed));
      fixture.run("update content.generation set paused = false where id = ?", resumed.id());
      await().atMost(LIMIT).until(() -> fixture.graph().nodes(resumed).size() == 2);
    } finally {
      sweep.stop();
    }
    assertEquals(fixture.oracle().lists(resumed), fixture.graph().lists(resumed));
  }

  @Test
  void whatIsLeftOfAGenerationThatIsNoLongerKeptIsErasedAndItsRowStays() throws Exception {
    for (String end :
        List.of(
            "state = 'cancelled', erase_after = now()",
            "state = 'failed'",
            "state = 'retired', erase_after = now() - interval '1 second'")) {
      Fixture.Generation generation = linkedPair();
      fixture.run("update content.generation set " + end + " where id = ?", generation.id());
      sweep.run();
      assertEquals("", fixture.graph().rowPlaces(generation), end);
      assertTrue(generations.find(generation.id()).isEmpty(), end);
      assertEquals(new CommitOutcome.Gone(), committer.commit(generation.id(), Set.of(1L)), end);
      assertEquals("", fixture.graph().rowPlaces(generation), end);
      assertEquals(
          1,
          fixture.number("select count(*) from content.generation where id = ?", generation.id()));
    }
  }

  private Fixture.Generation linkedPair() throws Exception {
    Fixture.Generation generation = fixture.generation(0.4, 2);
    fixture.store(generation, 1, 1, new float[] {1, 0});
    fixture.store(generation, 2, 1, new float[] {1, 1});
    sweep.run();
    assertEquals(2, fixture.graph().lists(generation).size());
    return generation;
  }

  private void retire(Fixture.Generation generation, String ago) throws Exception {
    fixture.run(
        """
        update content.generation
           set state = 'retired', retired_at = now() - ?::interval,
               erase_after = now() + interval '1 day'
         where id = ?
        """,
        ago,
        generation.id());
  }
}
