package relata.api.outbox;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.contracts.Streams;
import relata.contracts.v1.ContentChanged;
import relata.local.testing.BackendsResource;
import relata.tls.PeerTls;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class OutboxIT {
  private static final String OUTBOX = "select count(*) from content.outbox";

  @Inject OutboxConfig config;

  @Inject
  @ReactiveDataSource("background")
  Pool pool;

  @Inject MeterRegistry meters;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private EventLog events;
  private String collection;
  private long collectionId;

  @BeforeEach
  void listen() throws Exception {
    events = new EventLog(natsUrl);
    collection = Collections.create();
    collectionId = Database.number("select id from content.collection where name = ?", collection);
    await().until(() -> Database.number(OUTBOX) == 0);
  }

  @AfterEach
  void close() throws InterruptedException {
    events.close();
  }

  @Test
  void changeIsPublishedOnceWithIdsVersionAndHash() {
    Collections.put(collection, "a", "A");
    EventLog.Received received = awaitEvents(1).getFirst();
    long document = Database.documentKey(collection, "a");
    assertEquals("content.changed.default", received.subject());
    assertEquals(36, received.messageId().length());
    ContentChanged event = received.event();
    assertEquals("default", event.getTenant());
    assertEquals(document, event.getDocumentId());
    assertEquals(1, event.getVersion());
    assertEquals(
        1,
        Database.number(
            "select count(*) from content.document where id = ? and content_hash = ?",
            document,
            event.getContentHash().toByteArray()));
    await().until(() -> Database.number(OUTBOX) == 0);
  }

  @Test
  void whatChangesNothingPublishesNothing() {
    put("a", "1", 201);
    put("a", "1", 200);
    given()
        .contentType(ContentType.JSON)
        .header("If-Match", "\"0-0\"")
        .body("{\"title\":\"2\"}")
        .put("/v1/collections/{c}/documents/a", collection)
        .then()
        .statusCode(412);
    put("a", "3", 200);
    assertEquals(
        List.of(1L, 2L), awaitEvents(2).stream().map(e -> e.event().getVersion()).toList());
  }

  @Test
  void deletionsArePublishedWithoutContent() {
    put("a", "A", 201);
    long document = Database.documentKey(collection, "a");
    given().delete("/v1/collections/{c}/documents/a", collection).then().statusCode(204);
    put("b", "B", 201);
    given().delete("/v1/collections/{c}", collection).then().statusCode(204);
    List<ContentChanged> gone =
        awaitEvents(4).stream()
            .map(EventLog.Received::event)
            .filter(ContentChanged::getDeleted)
            .toList();
    assertEquals(List.of(document, 0L), gone.stream().map(ContentChanged::getDocumentId).toList());
    assertEquals(List.of(0L, 0L), gone.stream().map(ContentChanged::getVersion).toList());
  }

  @Test
  void importPublishesOneEventAChangedLine() {
    put("a", "A", 201);
    given()
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body(
            """
            {"id":"a","title":"A"}
            {"id":"b","title":"B"}
            {"id":"c"}
            {"id":"b","title":"B2"}
            """
                .getBytes(UTF_8))
        .post("/v1/collections/" + collection + "/documents:bulk")
        .then()
        .statusCode(200);
    long b = Database.documentKey(collection, "b");
    List<String> published =
        awaitEvents(3).stream()
            .map(EventLog.Received::event)
            .filter(event -> event.getDocumentId() == b)
            .map(event -> "v" + event.getVersion())
            .toList();
    assertEquals(List.of("v1", "v2"), published);
  }

  @Test
  void severalReplicasPublishEveryEventExactlyOnce() throws Exception {
    List<OutboxRelay> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      NatsLink link = new NatsLink(config, PeerTls.none());
      OutboxBatch batch = new OutboxBatch(pool, config, meters);
      OutboxRelay relay = new OutboxRelay(config, link, new ContentStream(config), batch);
      relay.start(null);
      replicas.add(relay);
    }
    byte[] payload =
        ContentChanged.newBuilder().setCollectionId(collectionId).build().toByteArray();
    Database.execute(
        """
        insert into content.outbox (subject, payload)
        select 'content.changed.default', ? from generate_series(1, 3000)""",
        payload);
    replicas.forEach(OutboxRelay::wake);
    List<EventLog.Received> received = awaitEvents(3_000);
    Set<String> ids = new HashSet<>();
    received.forEach(event -> ids.add(event.messageId()));
    await().until(() -> Database.number(OUTBOX) == 0);
    assertEquals(3_000, ids.size());
    assertEquals(3_000, events.of(collectionId).size());
    for (int i = 0; i < 3; i++) {
      replicas.get(i).stop(null);
    }
  }

  @Test
  void rowsOfAnotherProcessAreFoundByPolling() {
    Database.execute(
        "insert into content.outbox (subject, payload) values ('content.changed.default', ?)",
        ContentChanged.newBuilder().setCollectionId(collectionId).build().toByteArray());
    awaitEvents(1);
  }

  @Test
  void deletedStreamIsMadeAnewAndNothingIsLost() throws Exception {
    events.management().deleteStream(Streams.CONTENT);
    put("a", "A", 201);
    await().until(() -> events.hasStream() && Database.number(OUTBOX) == 0);
    assertEquals(1, events.stream().getStreamState().getMsgCount());
  }

  @Test
  void streamIsKeptOnDiskForAWeek() throws Exception {
    StreamConfiguration stream = events.stream().getConfiguration();
    assertEquals(StorageType.File, stream.getStorageType());
    assertEquals(RetentionPolicy.Limits, stream.getRetentionPolicy());
    assertEquals(Streams.MAX_AGE, stream.getMaxAge());
  }

  private List<EventLog.Received> awaitEvents(int count) {
    await().until(() -> events.of(collectionId).size() >= count);
    return events.of(collectionId);
  }

  private void put(String id, String title, int status) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"title\":\"%s\"}".formatted(title))
        .put("/v1/collections/{c}/documents/{id}", collection, id)
        .then()
        .statusCode(status);
  }
}
