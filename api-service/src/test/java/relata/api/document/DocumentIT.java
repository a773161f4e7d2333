package relata.api.document;

import static io.restassured.RestAssured.given;
import static java.util.Collections.frequency;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class DocumentIT {
  private static final String PATH = "/v1/collections/{c}/documents/{id}";

  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void newDocumentIsCreatedWithItsTag() {
    put("a", "{\"title\":\"T\",\"body\":\"B\",\"metadata\":{\"n\":1.50,\"a\":[true,null]}}")
        .statusCode(201)
        .header("ETag", matchesPattern("\"\\d+-1\""))
        .body("id", is("a"))
        .body("title", is("T"))
        .body("body", is("B"))
        .body("format", is("markdown"))
        .body("metadata.a[0]", is(true))
        .body("version", is(1))
        .body("outcome", is("created"));
    get("a")
        .statusCode(200)
        .header("ETag", matchesPattern("\"\\d+-1\""))
        .body("metadata.n", is(1.5f))
        .body("outcome", nullValue());
  }

  @Test
  void sameContentAgainChangesNothing() {
    String first = put("a", "{\"title\":\"T\",\"metadata\":{\"x\":1,\"y\":2.0}}").tag();
    put("a", "{\"metadata\":{\"y\":2,\"x\":1},\"body\":\"\",\"title\":\"T\"}")
        .statusCode(200)
        .header("ETag", equalTo(first))
        .body("outcome", is("unchanged"))
        .body("version", is(1));
  }

  @Test
  void otherContentIsTheNextVersion() {
    put("a", "{\"title\":\"T\"}").statusCode(201);
    put("a", "{\"title\":\"T\",\"format\":\"plain\"}")
        .statusCode(200)
        .body("outcome", is("updated"))
        .body("version", is(2));
    get("a").body("version", is(2)).body("format", is("plain"));
  }

  @Test
  void idsMayHoldWhateverAUrlCanEncode() {
    String id = "docs/a b/ü?#%.md";
    put(id, "{\"title\":\"T\"}").statusCode(201).body("id", is(id));
    get(id).statusCode(200).body("id", is(id));
    given().delete(PATH, collection, id).then().statusCode(204);
    get(id).statusCode(404).body("type", is("urn:relata:problem:unknown-document"));
  }

  @Test
  void deletedDocumentIsGoneAndANewOneHasAnotherTag() {
    String tag = put("a", "{\"title\":\"T\"}").tag();
    given().delete(PATH, collection, "a").then().statusCode(204);
    given().delete(PATH, collection, "a").then().statusCode(404);
    put("a", "{\"title\":\"T\"}").statusCode(201);
    given().header("If-Match", tag).delete(PATH, collection, "a").then().statusCode(412);
    assertEquals(1, documents());
  }

  @Test
  void writeWithAnOldTagChangesNothingAndSaysTheCurrentOne() {
    String first = put("a", "{\"title\":\"1\"}").tag();
    String second = put("a", "{\"title\":\"2\"}").tag();
    put("a", "{\"title\":\"3\"}", "If-Match", first)
        .statusCode(412)
        .contentType("application/problem+json")
        .body("detail", is("The document's current tag is " + second + "."));
    get("a").body("title", is("2")).body("version", is(2));
    put("a", "{\"title\":\"3\"}", "If-Match", second).statusCode(200).body("version", is(3));
    put("a", "{\"title\":\"4\"}", "If-Match", "*").statusCode(200).body("version", is(4));
  }

  @Test
  void conditionalWriteCreatesNothing() {
    put("a", "{\"title\":\"T\"}", "If-Match", "*").statusCode(412);
    put("a", "{\"title\":\"T\"}", "If-Match", "\"1-1\"").statusCode(412);
    get("a").statusCode(404);
    assertEquals(0, documents());
  }

  @Test
  void createOnlyWriteNeverReplaces() {
    put("a", "{\"title\":\"1\"}", "If-None-Match", "*").statusCode(201);
    put("a", "{\"title\":\"1\"}", "If-None-Match", "*").statusCode(412);
    put("a", "{\"title\":\"2\"}", "If-None-Match", "*").statusCode(412);
    get("a").body("title", is("1")).body("version", is(1));
  }

  @Test
  void readWithTheCurrentTagIsNotRepeated() {
    String tag = put("a", "{\"title\":\"T\"}").tag();
    given().header("If-None-Match", tag).get(PATH, collection, "a").then().statusCode(304);
    given().header("If-None-Match", "W/" + tag).get(PATH, collection, "a").then().statusCode(304);
    put("a", "{\"title\":\"U\"}").statusCode(200);
    given().header("If-None-Match", tag).get(PATH, collection, "a").then().statusCode(200);
  }

  @Test
  void ofManyThatWriteTheSameNewIdOneCreatesIt() throws InterruptedException {
    List<String> outcomes = atOnce(16, i -> put("a", "{\"title\":\"same\"}").outcome());
    assertEquals(1, frequency(outcomes, "201 created"));
    assertEquals(15, frequency(outcomes, "200 unchanged"));
  }

  @Test
  void everyOneOfManyDifferentWritesIsAVersion() throws InterruptedException {
    List<String> outcomes = atOnce(16, i -> put("a", "{\"title\":\"%d\"}".formatted(i)).outcome());
    assertEquals(1, frequency(outcomes, "201 created"));
    assertEquals(15, frequency(outcomes, "200 updated"));
    get("a").body("version", is(16));
  }

  @Test
  void ofManyThatChangeTheSameVersionOneSucceeds() throws InterruptedException {
    String tag = put("a", "{\"title\":\"T\"}").tag();
    List<Integer> statuses =
        atOnce(
            8,
            i ->
                put("a", "{\"title\":\"%d\"}".formatted(i), "If-Match", tag)
                    .extract()
                    .statusCode());
    assertEquals(
        List.of(200, 412, 412, 412, 412, 412, 412, 412), statuses.stream().sorted().toList());
  }

  @Test
  void writeIntoACollectionThatIsBeingDeletedFindsNone() throws Exception {
    try (Connection deleting = Database.connect()) {
      deleting.setAutoCommit(false);
      try (Statement statement = deleting.createStatement()) {
        statement.execute("delete from content.collection where name = '" + collection + "'");
      }
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(() -> put("a", "{\"title\":\"T\"}").statusCode());
      await().until(() -> Database.number(WAITING) > 0);
      deleting.commit();
      assertEquals(404, status.get());
    }
  }

  @Test
  void documentsDeletedAtTheSameTimeAreAllDeleted() throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      put("d" + i, "{\"title\":\"T\"}").statusCode(201);
    }
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < 200; i++) {
        String id = "d" + i;
        answers.add(clients.submit(() -> given().delete(PATH, collection, id).statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertEquals(204, answer.get(20, TimeUnit.SECONDS));
      }
    } finally {
      clients.shutdownNow();
    }
    assertEquals(0, documents());
  }

  @Test
  void listGoesOnFromPageToPageInTheOrderOfIds() {
    for (String id : List.of("b", "a/1", "c", "a 2", "d")) {
      put(id, "{\"title\":\"T " + id + "\"}").statusCode(201);
    }
    List<String> ids = new ArrayList<>();
    String next = null;
    do {
      RequestSpecification request = given().queryParam("limit", 2);
      if (next != null) {
        request.queryParam("after", next);
      }
      ValidatableResponse page =
          request.get("/v1/collections/{c}/documents", collection).then().statusCode(200);
      page.body("documents[0].state", is("pending")).body("documents[0].version", is(1));
      ids.addAll(page.extract().path("documents.id"));
      next = page.extract().path("next");
    } while (next != null);
    assertEquals(Set.of("a 2", "a/1", "b", "c", "d"), Set.copyOf(ids));
    assertEquals(5, ids.size());
  }

  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

  private static <T> List<T> atOnce(int count, IntFunction<T> request) throws InterruptedException {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, count).<Callable<T>>mapToObj(i -> () -> request.apply(i)).toList();
      return clients.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  private long documents() {
    return Database.number(
        """
        select count(*) from content.document d join content.collection c on c.id = d.collection_id
         where c.name = ?""",
        collection);
  }

  private Answer put(String id, String body) {
    return new Answer(json().body(body).put(PATH, collection, id).then());
  }

  private ValidatableResponse put(String id, String body, String header, String value) {
    return json().header(header, value).body(body).put(PATH, collection, id).then();
  }

  private ValidatableResponse get(String id) {
    return given().get(PATH, collection, id).then();
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  /** The answer to a PUT, which can be checked further. */
  private record Answer(ValidatableResponse response) {
    ValidatableResponse statusCode(int status) {
      return response.statusCode(status);
    }

    int statusCode() {
      return response.extract().statusCode();
    }

    String tag() {
      return response.extract().header("ETag");
    }

    String outcome() {
      return statusCode() + " " + response.extract().path("outcome");
    }
  }
}
