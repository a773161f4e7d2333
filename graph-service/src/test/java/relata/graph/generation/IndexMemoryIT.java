package relata.graph.generation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.database.Database;
import relata.graph.testing.BulkWriter;
import relata.graph.testing.Fixture;
import relata.graph.testing.Replica;
import relata.graph.testing.SnapshotSettings;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(IndexMemoryIT.TooLittle.class)
class IndexMemoryIT {
  private static final int DOCUMENTS = 400;
  private static final int DIMENSION = 64;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject MeterRegistry meters;
  @Inject Database database;

  @ConfigProperty(name = "relata.nats.url")
  String natsUrl;

  @TempDir private Path folder;
  private Fixture fixture;
  private Fixture.Generation one;
  private Fixture.Generation other;
  private Replica replica;

  /** The application itself has room for nothing; tests have replicas with more. */
  public static final class TooLittle implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("relata.generation.memory-limit", "1K");
    }
  }

  @BeforeEach
  void twoGenerations() throws Exception {
    fixture = new Fixture();
    one = generation();
    other = generation();
  }

  @AfterEach
  void close() throws Exception {
    if (replica != null) {
      replica.closeSnapshots();
    }
    fixture.close();
  }

  private Fixture.Generation generation() throws Exception {
    Fixture.Generation made = fixture.generation(0.5, 5);
    new BulkWriter(fixture.database(), DIMENSION).store(made, 1, DOCUMENTS);
    return made;
  }

  /** A process with room for one of the two and no more. */
  private Generations roomForOne(String coldAfter, Map<String, String> others) {
    return room(3 * size(one) / 2, coldAfter, others);
  }

  /**
   * @param coldAfter how long none of them must have been asked for to make room
   */
  private Generations room(long bytes, String coldAfter, Map<String, String> others) {
    Map<String, String> settings = new HashMap<>(others);
    settings.put("relata.generation.memory-limit", String.valueOf(bytes));
    settings.put("relata.generation.cold-after", coldAfter);
    replica = new Replica(natsUrl, settings);
    return replica.generations();
  }

  private long size(Fixture.Generation generation) {
    return find(new Replica(natsUrl).generations(), generation).memoryBytes();
  }

  private static GenerationIndex find(Generations generations, Fixture.Generation generation) {
    return generations.find(generation.id()).orElseThrow();
  }

  private static Set<Long> documents() {
    return LongStream.rangeClosed(1, DOCUMENTS).boxed().collect(Collectors.toSet());
  }

  @Test
  void whatNobodyAsksForMakesRoomAndIsLoadedAgainWhenAskedFor() throws Exception {
    Generations generations = roomForOne("PT0S", Map.of());
    double unloads = meters.counter("relata.index.unloads").count();
    GenerationIndex before = find(generations, one);
    find(generations, other);
    assertEquals(Set.of(other.id()), generations.ids());
    assertEquals(unloads + 1, meters.counter("relata.index.unloads").count());

    GenerationIndex again = find(generations, one);
    assertNotSame(before, again);
    assertEquals(documents(), again.documentIds());
    assertEquals(DOCUMENTS, again.vectors().documentCount());
    assertEquals(DOCUMENTS, again.text().chunkCount());
    assertEquals(Set.of(one.id()), generations.ids());
  }

  @Test
  void whatMadeRoomComesBackFromItsSnapshot() throws Exception {
    Generations generations =
        roomForOne("PT0S", SnapshotSettings.in(folder, Map.of("relata.snapshot.check", "PT0.05S")));
    find(generations, one);
    replica.keeper().start();
    await()
        .atMost(SOON)
        .until(() -> Files.exists(folder.resolve("generation-" + one.id()).resolve("manifest")));
    find(generations, other);
    long loads = meters.timer("relata.index.loads", "from", "snapshot").count();
    assertEquals(documents(), find(generations, one).documentIds());
    assertEquals(loads + 1, meters.timer("relata.index.loads", "from", "snapshot").count());
    replica.keeper().stop();
  }

  @Test
  void edgesFollowAlsoWhereAnIndexHasToMakeRoomForAnother() throws Exception {
    roomForOne("PT0S", Map.of());
    for (int half = 0; half < 2; half++) {
      int from = 1 + half * DOCUMENTS / 2;
      Set<Long> some =
          LongStream.range(from, from + DOCUMENTS / 2).boxed().collect(Collectors.toSet());
      for (Fixture.Generation generation : List.of(one, other)) {
        replica.committer().commit(generation.id(), some);
      }
    }
    for (Fixture.Generation generation : List.of(one, other)) {
      assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    }
  }

  @Test
  void whatIsInUseIsNotTakenAwayAndTheNextIsRefusedInWords() {
    Generations generations = roomForOne("PT1H", Map.of());
    GenerationIndex used = find(generations, one);
    double refused = meters.counter("relata.index.refused").count();
    MemoryTakenException full =
        assertThrows(MemoryTakenException.class, () -> generations.find(other.id()));
    assertTrue(full.getMessage().contains("relata.generation.memory-limit"), full.getMessage());
    assertSame(used, find(generations, one));
    assertEquals(Set.of(one.id()), generations.ids());

    generations.warm(other.id());
    assertEquals(Set.of(one.id()), generations.ids());
    assertEquals(refused + 1, meters.counter("relata.index.refused").count());

    generations.drop(one.id());
    assertEquals(documents(), find(generations, other).documentIds());
  }

  @Test
  void whatIsEmptyNeedsNoRoom() throws Exception {
    Generations generations = room(1, "PT1H", Map.of());
    assertEquals(Set.of(), find(generations, fixture.generation(0.5, 5)).documentIds());
  }

  @Test
  void whatNobodyHasAskedForYetMakesNobodyLeave() {
    Generations generations = roomForOne("PT0S", Map.of());
    generations.warm(one.id());
    generations.warm(other.id());
    assertEquals(Set.of(one.id()), generations.ids());
  }

  @Test
  void whatHasGrownBeyondTheLimitMakesTheOthersLeave() throws Exception {
    Fixture.Generation grown = fixture.generation(0.5, 5);
    new BulkWriter(fixture.database(), DIMENSION).store(grown, 1, 3 * DOCUMENTS);
    Generations generations = room(size(grown) + 7 * size(one) / 10, "PT0S", Map.of());
    find(generations, one);
    GenerationIndex growing = find(generations, other);
    assertEquals(Set.of(one.id(), other.id()), generations.ids());
    new BulkWriter(fixture.database(), DIMENSION).store(other, 1 + DOCUMENTS, 2 * DOCUMENTS);

    database.transaction(session -> IndexReconciliation.reconcile(session, growing));
    generations.relieve();

    assertEquals(Set.of(other.id()), generations.ids());
    assertSame(growing, find(generations, other));
    assertEquals(3 * DOCUMENTS, growing.vectors().documentCount());
  }

  @Test
  void aRefusalIsAProblemAndTheServiceStaysReady() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"text\":\"subject\",\"mode\":\"lexical\",\"limit\":10}")
        .post("/internal/generations/{g}/search", one.id())
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:relata:problem:memory-taken"))
        .body("detail", containsString("Try again later"));
    given().get("/q/health/ready").then().statusCode(200);
    given().get("/internal/generations/{g}/documents/1/neighbors", one.id()).then().statusCode(200);
  }
}
