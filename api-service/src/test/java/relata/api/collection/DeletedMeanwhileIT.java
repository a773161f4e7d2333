package relata.api.collection;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.Features;
import relata.local.testing.BackendsResource;

/** A deletion and a change that meet: the change waits, and then there is nothing to change. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class DeletedMeanwhileIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private String collection;
  private long id;

  @BeforeEach
  void collectionWithTwoDocuments() {
    collection = Collections.create("{\"embed\":{\"source\":\"client\",\"dimension\":1}}");
    id = Database.number("select id from content.collection where name = ?", collection);
    Collections.put(collection, "a", "A");
    Collections.put(collection, "b", "B");
  }

  @Test
  void changeOfTheRecipeFindsNothing() throws Exception {
    assertEquals(
        404,
        deletedDuring(
            "select 1",
            () -> json("{}").put("/v1/collections/{c}/recipe", collection).statusCode()));
  }

  @Test
  void chunksOfAClientFindNothing() throws Exception {
    String body = "{\"version\":1,\"chunks\":[{\"text\":\"t\",\"vector\":[1]}]}";
    assertEquals(
        404,
        deletedDuring(
            "select 1",
            () ->
                json(body)
                    .put("/v1/collections/{c}/documents/a/features", collection)
                    .statusCode()));
  }

  @Test
  void replayReplaysNothing() throws Exception {
    long generation = Database.generation(collection);
    for (String document : new String[] {"a", "b"}) {
      Features.kill(generation, Database.documentKey(collection, document), "poison", "No.");
    }
    // A deletion that came to b first, while the replay begins with a.
    assertEquals(
        0,
        deletedDuring(
            "delete from content.document where external_id = 'b' and collection_id = " + id,
            () ->
                given()
                    .queryParam("collection", collection)
                    .post("/v1/dead-letters/replay")
                    .then()
                    .statusCode(202)
                    .extract()
                    .<Integer>path("documents")));
  }

  /**
   * What comes of a request that begins after the deletion of the collection and before its end.
   */
  private int deletedDuring(String begin, Callable<Integer> request) throws Exception {
    try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor();
        Connection deletion = Database.connect();
        Statement statement = deletion.createStatement()) {
      deletion.setAutoCommit(false);
      statement.execute("select 1 from content.collection where id = " + id + " for update");
      statement.execute(begin);
      Future<Integer> answer = client.submit(request);
      await().atMost(LIMIT).until(DeletedMeanwhileIT::isSomebodyWaiting);
      statement.execute("delete from content.collection where id = " + id);
      deletion.commit();
      return answer.get();
    }
  }

  private static boolean isSomebodyWaiting() {
    return Database.number(
            "select count(*) from pg_stat_activity"
                + " where usename = 'relata_api' and wait_event_type = 'Lock'")
        > 0;
  }

  private static RequestSpecification json(String body) {
    return given().contentType(ContentType.JSON).body(body);
  }
}
