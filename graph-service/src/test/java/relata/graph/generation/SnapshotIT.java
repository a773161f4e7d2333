package relata.graph.generation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.Replica;
import relata.graph.testing.SnapshotSettings;
import relata.graph.text.TextHit;
import relata.graph.text.TextQuery;
import relata.graph.vector.DocumentVectors;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SnapshotIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Inject MeterRegistry meters;

  @ConfigProperty(name = "relata.nats.url")
  String natsUrl;

  @TempDir private Path folder;
  private Fixture fixture;
  private Fixture.Generation generation;
  private final List<Replica> replicas = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    generation = fixture.generation(0.4, 2);
  }

  @AfterEach
  void close() throws Exception {
    replicas.forEach(Replica::closeSnapshots);
    fixture.close();
  }

  /** A process with the folder of snapshots, as the one before has ended. */
  private Replica replica(Map<String, String> settings) {
    replicas.forEach(Replica::closeSnapshots);
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("relata.snapshot.check", "PT0.05S");
    all.putIfAbsent("relata.snapshot.stop-limit", "PT1M");
    Replica replica = new Replica(natsUrl, SnapshotSettings.in(folder, all));
    replicas.add(replica);
    return replica;
  }

  private GenerationIndex index(Replica replica) {
    return replica.generations().find(generation.id()).orElseThrow();
  }

  /** What a process leaves behind that loads the generation and is told to end. */
  private void save() throws InterruptedException {
    Replica replica = replica(Map.of());
    index(replica);
    replica.keeper().start();
    replica.keeper().stop();
    assertTrue(Files.exists(home().resolve("manifest")));
  }

  private Path home() {
    return folder.resolve("generation-" + generation.id());
  }

  private long loads(String from) {
    return meters.timer("relata.index.loads", "from", from).count();
  }

  /** Loads it, and tells whether that was from the snapshot. */
  private boolean comesFromSnapshot(Replica replica) {
    long before = loads("snapshot");
    index(replica);
    return loads("snapshot") > before;
  }

  private void assertEqualToAFreshLoad(GenerationIndex index) {
    GenerationIndex fresh = new Replica(natsUrl).generations().find(generation.id()).orElseThrow();
    assertEquals(fresh.documentIds(), index.documentIds());
    assertEquals(fresh.marks(), index.marks());
    assertEquals(fresh.vectors().documentCount(), index.vectors().documentCount());
    Map<Long, DocumentVectors> vectors = index.vectors().vectors(index.documentIds());
    fresh
        .vectors()
        .vectors(fresh.documentIds())
        .forEach(
            (id, document) -> {
              assertArrayEquals(document.ordinals(), vectors.get(id).ordinals());
              assertArrayEquals(document.values(), vectors.get(id).values());
            });
    assertEquals(fresh.text().chunkCount(), index.text().chunkCount());
    for (String words : List.of("document", "chunk 0", "zanzibar")) {
      assertEquals(found(fresh, words), found(index, words));
    }
  }

  private static Set<Long> found(GenerationIndex index, String words) {
    Set<Long> ids = new TreeSet<>();
    index.text().search(new TextQuery.Typed(words, 8), 1000).stream()
        .map(TextHit::documentId)
        .forEach(ids::add);
    return ids;
  }

  @Test
  void afterARestartWhatChangedMeanwhileIsAsIfItHadBeenLoaded() throws Exception {
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 5);
    documents.change(50);
    for (int round = 0; round < 3; round++) {
      save();
      documents.change(20);
      float[] vector = {1, 0, 0, 1};
      fixture.store(generation, 100 + round, 1, "new", List.of("zanzibar"), vector);
      Replica replica = replica(Map.of());
      assertTrue(comesFromSnapshot(replica));
      assertEqualToAFreshLoad(index(replica));
      assertEquals(Set.of(), index(replica).unsettled());
      replica.sweep().run();
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    }
  }

  @Test
  void theWordsStayThoseOfTheLanguage() throws Exception {
    fixture.inLanguage(generation, "de");
    fixture.store(generation, 1, 1, "Notizen", List.of("Die alten Häuser"), new float[] {1, 0});
    save();
    Replica replica = replica(Map.of());
    assertTrue(comesFromSnapshot(replica));
    assertEquals(Set.of(1L), found(index(replica), "Haus"));
    assertEquals(Set.of(), found(index(replica), "die"));
    assertEqualToAFreshLoad(index(replica));
  }

  @Test
  void whatChangesAfterwardsIsFollowed() throws Exception {
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 6);
    documents.change(50);
    save();
    Replica replica = replica(Map.of());
    assertTrue(comesFromSnapshot(replica));
    for (int round = 0; round < 5; round++) {
      documents.change(20);
      replica.sweep().run();
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    }
    assertEqualToAFreshLoad(index(replica));
  }

  @Test
  void aFileThatIsNotAsItWasIsNeverServed() throws Exception {
    new RandomDocuments(fixture, generation, 60, 7).change(50);
    save();
    int count = files().size();
    assertTrue(count >= 6, "a manifest, marks, three of vectors, and those of the words");
    for (int number = 0; number < count; number++) {
      for (int harm = 0; harm < 3; harm++) {
        Path file = files().get(number);
        byte[] whole = Files.readAllBytes(file);
        switch (harm) {
          case 0 -> {
            // Of so few vectors there are no sketches, and nothing is to be flipped or cut.
            byte[] wrong = whole.length == 0 ? new byte[1] : whole;
            wrong[wrong.length / 2] ^= 4;
            Files.write(file, wrong);
          }
          case 1 -> Files.write(file, Arrays.copyOf(whole, Math.abs(whole.length - 1)));
          default -> Files.delete(file);
        }
        Replica replica = replica(Map.of());
        assertFalse(comesFromSnapshot(replica), file.toString());
        assertFalse(Files.exists(home().resolve("manifest")), file.toString());
        assertEqualToAFreshLoad(index(replica));
        save();
        assertEquals(count, files().size());
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(home())) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void anotherGenerationsSnapshotIsNeverServed() throws Exception {
    new RandomDocuments(fixture, generation, 60, 8).change(50);
    save();
    Path saved = home();
    generation = fixture.building(generation);
    new RandomDocuments(fixture, generation, 60, 9).change(50);
    Files.move(saved, home());
    Replica replica = replica(Map.of());
    assertFalse(comesFromSnapshot(replica));
    assertEqualToAFreshLoad(index(replica));
  }

  @Test
  void oneWithAnotherNumberOfChunksThanAreStoredIsThrownAway() throws Exception {
    for (long id = 1; id <= 3; id++) {
      fixture.store(generation, id, 1, new float[] {1, id}, new float[] {id, 1});
    }
    save();
    // As nobody does who keeps to the rules: the document's state is not written with it.
    fixture.run(
        "delete from feature.chunk where generation_id = ? and document_id = 2 and ordinal = 1",
        generation.id());
    Replica replica = replica(Map.of());
    assertFalse(comesFromSnapshot(replica));
    assertEqualToAFreshLoad(index(replica));
  }

  @Test
  void whatIsDeletedLeavesTheDiskInTime() throws Exception {
    fixture.store(generation, 1, 1, "kept", List.of("samarkand"), new float[] {1, 0});
    fixture.store(generation, 2, 1, "gone", List.of("zanzibar"), new float[] {1, 0});
    fixture.store(generation, 3, 1, "changed", List.of("timbuktu"), new float[] {1, 0});
    Replica replica =
        replica(
            Map.of(
                "relata.snapshot.erase-within", "PT0.2S",
                "relata.snapshot.interval", "PT1H",
                "relata.snapshot.changed-share", "1"));
    GenerationIndex index = index(replica);
    replica.keeper().start();
    // What is listed may be deleted before it is read.
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> isOnDisk("zanzibar") && isOnDisk("timbuktu"));
    fixture.erase(generation, 2);
    fixture.store(generation, 3, 2, "changed", List.of("bukhara"), new float[] {1, 0});
    replica.sweep().run();
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> isOnDisk("bukhara") && !isOnDisk("zanzibar") && !isOnDisk("timbuktu"));
    replica.keeper().stop();
    assertTrue(isOnDisk("samarkand"));
    assertEquals(Unsaved.NOTHING, index.unsaved());
  }

  private boolean isOnDisk(String word) throws IOException {
    if (!Files.exists(home().resolve("manifest"))) {
      return false;
    }
    for (Path file : files()) {
      if (new String(Files.readAllBytes(file), ISO_8859_1).contains(word)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatWasDeletedIsOnNoDiskOnceTheServiceHasEnded() throws Exception {
    fixture.store(generation, 1, 1, "kept", List.of("samarkand"), new float[] {1, 0});
    fixture.store(generation, 2, 1, "gone", List.of("zanzibar"), new float[] {1, 0});
    save();
    assertTrue(isOnDisk("zanzibar"));
    for (String limit : List.of("PT10S", "PT0S")) {
      Replica replica = replica(Map.of("relata.snapshot.stop-limit", limit));
      assertEquals(limit.equals("PT10S"), comesFromSnapshot(replica) && isOnDisk("zanzibar"));
      fixture.erase(generation, limit.equals("PT10S") ? 2 : 1);
      replica.sweep().run();
      replica.keeper().start();
      replica.keeper().stop();
      assertFalse(isOnDisk("zanzibar"));
    }
    assertFalse(isOnDisk("samarkand"));
  }

  @Test
  void ofOneThatIsNotInMemoryTheSnapshotGoesWithWhatIsDeleted() throws Exception {
    fixture.store(generation, 1, 1, "kept", List.of("samarkand"), new float[] {1, 0});
    fixture.store(generation, 2, 1, "gone", List.of("zanzibar"), new float[] {1, 0});
    save();
    fixture.run(
        "update content.generation set state = 'retired', retired_at = now() - interval '1 hour'"
            + " where id = ?",
        generation.id());
    Replica replica = replica(Map.of("relata.snapshot.erase-within", "PT0S"));
    replica.sweep().run();
    assertTrue(isOnDisk("zanzibar"));
    fixture.erase(generation, 2);
    replica.sweep().run();
    assertFalse(isOnDisk("zanzibar"));
  }

  @Test
  void theSnapshotOfAGenerationThatIsGoneIsDeletedByTheSweep() throws Exception {
    fixture.store(generation, 1, 1, new float[] {1, 0});
    save();
    fixture.deleteCollection(generation);
    replica(Map.of()).sweep().run();
    assertFalse(Files.exists(home()));
  }

  @Test
  void withoutRoomOnDiskEverythingElseGoesOn() throws Exception {
    fixture.store(generation, 1, 1, new float[] {1, 0});
    Replica replica =
        replica(Map.of("relata.snapshot.max-size", "100", "relata.snapshot.interval", "PT0S"));
    GenerationIndex index = index(replica);
    long before = meters.timer("relata.snapshots", "outcome", "failed").count();
    replica.keeper().start();
    await()
        .atMost(LIMIT)
        .until(() -> meters.timer("relata.snapshots", "outcome", "failed").count() > before + 1);
    fixture.store(generation, 2, 1, new float[] {1, 0});
    replica.sweep().run();
    assertEquals(Set.of(1L, 2L), index.documentIds());
    replica.keeper().stop();
    assertFalse(Files.exists(home().resolve("manifest")));
    assertEquals(2, index.unsaved().documents());
  }
}
