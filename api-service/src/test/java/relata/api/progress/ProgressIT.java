package relata.api.progress;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.problem.ProblemException;
import relata.api.progress.EventStream.Received;
import relata.api.status.StatusQuery;
import relata.api.tenant.Tenant;
import relata.api.tenant.TenantWork;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ProgressIT {
  @Inject TenantWork tenants;
  @Inject StatusQuery status;
  @Inject CollectionLookup collections;
  @Inject ObjectMapper json;

  @TestHTTPResource("/v1/collections/")
  URI root;

  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void statusComesAtOnceAndWheneverItChanges() throws Exception {
    try (EventStream stream = listen()) {
      soon().until(() -> !stream.events().isEmpty());
      Received first = stream.events().getFirst();
      assertEquals("status", first.name());
      assertEquals(json.readTree(statusBody()), json.readTree(first.data()));
      Collections.put(collection, "a", "A");
      Received next = awaitDocuments(stream, 1);
      assertTrue(Long.parseLong(next.id()) > Long.parseLong(first.id()));
      assertFalse(stream.hasEnded());
    }
  }

  @Test
  void laterListenerIsToldAtOnceWhatTheOthersKnow() throws Exception {
    Collections.put(collection, "a", "A");
    Database.execute(
        """
        insert into feature.document_state
               (generation_id, document_id, version, content_hash, state, updated_at)
        values (?, ?, 1, '', 'ready', now() - interval '1 hour')""",
        Database.generation(collection),
        Database.documentKey(collection, "a"));
    try (EventStream earlier = listen()) {
      soon().until(() -> !earlier.events().isEmpty());
      try (EventStream later = listen()) {
        soon().until(() -> !later.events().isEmpty());
        assertEquals(earlier.events().getFirst(), later.events().getFirst());
      }
      assertEquals(1, earlier.events().size());
    }
  }

  @Test
  void streamEndsWhenTheCollectionIsDeleted() throws Exception {
    try (EventStream stream = listen()) {
      soon().until(() -> !stream.events().isEmpty());
      given().delete("/v1/collections/{c}", collection).then().statusCode(204);
      soon().until(stream::hasEnded);
      assertEquals("deleted", stream.events().getLast().name());
      assertEquals("{}", stream.events().getLast().data());
    }
  }

  @Test
  void streamHasNoLinesThatItsFormatDoesNotKnow() throws Exception {
    try (EventStream stream = listen()) {
      soon().until(() -> !stream.events().isEmpty());
      given().delete("/v1/collections/{c}", collection).then().statusCode(204);
      soon().until(stream::hasEnded);
      assertEquals(
          List.of(),
          stream.raw().stream()
              .filter(line -> !line.matches("|:.*|id:\\s?\\d+|event:\\s?\\w+|data:\\s?\\{.*}"))
              .toList());
    }
  }

  @Test
  void unknownCollectionIsAProblem() {
    given()
        .accept("text/event-stream")
        .get("/v1/collections/nowhere/events")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", is("urn:relata:problem:unknown-collection"));
  }

  @Test
  void listenersAreBoundedAndOneThatLeavesMakesRoom() {
    ProgressWatcher watcher = watcher(Duration.ofMinutes(1), Duration.ofMinutes(1));
    AssertSubscriber<ProgressEvent> first = AssertSubscriber.create(10);
    watcher.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(first);
    ProblemException full =
        assertThrows(
            ProblemException.class, () -> watcher.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}));
    assertEquals(503, full.problem().status());
    first.cancel();
    AssertSubscriber<ProgressEvent> second = AssertSubscriber.create(10);
    watcher.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(second);
    second.awaitItems(1, Duration.ofSeconds(90));
    second.cancel();
  }

  @Test
  void nothingNewIsSaidFromTimeToTime() {
    ProgressWatcher watcher = watcher(Duration.ofMillis(1), Duration.ofMinutes(1));
    AssertSubscriber<ProgressEvent> listener = AssertSubscriber.create(10);
    watcher.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(listener);
    listener.awaitItems(3, Duration.ofSeconds(90));
    listener.cancel();
    assertTrue(listener.getItems().get(0) instanceof ProgressEvent.Status);
    assertTrue(listener.getItems().get(2) instanceof ProgressEvent.Heartbeat);
  }

  @Test
  void slowListenerGetsTheLatestAndNoneOfThoseBetween() {
    AssertSubscriber<ProgressEvent> slow = AssertSubscriber.create(1);
    AssertSubscriber<ProgressEvent> fast = AssertSubscriber.create(1_000);
    Limits limits = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 2);
    ProgressWatcher both = watcher(limits);
    both.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(slow);
    both.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(fast);
    for (int documents = 1; documents <= 3; documents++) {
      Collections.put(collection, "d" + documents, "D");
      String told = "\"documents\":" + documents;
      soon().until(() -> fast.getItems().stream().anyMatch(event -> isStatus(event, told)));
    }
    assertEquals(1, slow.getItems().size());
    slow.request(1);
    slow.awaitItems(2, Duration.ofSeconds(90));
    assertTrue(isStatus(slow.getItems().get(1), "\"documents\":3"));
    slow.cancel();
    fast.cancel();
  }

  @Test
  void listenerThatTakesNothingIsDisconnected() {
    ProgressWatcher watcher = watcher(Duration.ofMinutes(1), Duration.ofMillis(100));
    AssertSubscriber<ProgressEvent> stuck = AssertSubscriber.create(0);
    watcher.listen(Tenant.OF_OPEN_ACCESS, found(), stuck::cancel).subscribe(stuck);
    soon().until(stuck::isCancelled);
    AssertSubscriber<ProgressEvent> next = AssertSubscriber.create(10);
    watcher.listen(Tenant.OF_OPEN_ACCESS, found(), () -> {}).subscribe(next);
    next.awaitItems(1, Duration.ofSeconds(90));
    next.cancel();
  }

  private record Limits(Duration heartbeat, Duration stalledAfter, int maxListeners)
      implements ProgressConfig {
    @Override
    public Duration interval() {
      return Duration.ofMillis(10);
    }

    @Override
    public int restFactor() {
      return 1;
    }

    @Override
    public Duration lookLimit() {
      return Duration.ofSeconds(30);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }

  private ProgressWatcher watcher(Duration heartbeat, Duration stalledAfter) {
    return watcher(new Limits(heartbeat, stalledAfter, 1));
  }

  private ProgressWatcher watcher(Limits limits) {
    return new ProgressWatcher(status, tenants, json, limits, new SimpleMeterRegistry());
  }

  /** On a loaded machine a look is slow, and the next one waits for longer. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(90));
  }

  private FoundCollection found() {
    return tenants
        .of(Tenant.OF_OPEN_ACCESS, () -> collections.named(collection))
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  private static boolean isStatus(ProgressEvent event, String part) {
    return event instanceof ProgressEvent.Status(long _, String body) && body.contains(part);
  }

  private EventStream listen() throws Exception {
    return new EventStream(root.resolve(collection + "/events"));
  }

  private String statusBody() {
    return given().get("/v1/collections/{c}/status", collection).asString();
  }

  private Received awaitDocuments(EventStream stream, int documents) {
    String told = "\"documents\":" + documents;
    // On a loaded machine a look is slow, and the next one waits for longer.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> stream.events().stream().anyMatch(e -> e.data().contains(told)));
    return stream.events().stream().filter(e -> e.data().contains(told)).findFirst().orElseThrow();
  }
}
