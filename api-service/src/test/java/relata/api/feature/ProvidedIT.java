package relata.api.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.outbox.EventLog;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ProvidedIT {
  private static final String TWO =
      """
      {"version":1,"chunks":[
        {"text":"first","vector":[1,0,-0.5]},
        {"text":"second","kind":"code","headingPath":["A","Part \\"1\\""],"vector":[0,1e-3,2]}]}""";

  @Inject ProvidedErasure erasure;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private String collection;
  private long generation;
  private long document;

  @BeforeEach
  void freshDocument() {
    collection = "c-" + UUID.randomUUID();
    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"name":"%s","recipe":{"embed":{"source":"client","dimension":3}}}"""
                .formatted(collection))
        .post("/v1/collections")
        .then()
        .statusCode(201);
    generation = Database.generation(collection);
    Collections.put(collection, "a", "A");
    document = Database.documentKey(collection, "a");
  }

  @Test
  void chunksAreStoredAsTheyCameWithVectorsInLittleEndian() {
    put("", TWO)
        .statusCode(200)
        .body("id", is("a"))
        .body("generation", is((int) generation))
        .body("version", is(1))
        .body("chunks", is(2))
        .body("outcome", is("stored"));
    assertEquals(
        1,
        chunks(
            """
            ordinal = 0 and version = 1 and kind = 'paragraph' and heading_path = '{}'
            and text = 'first' and dimension = 3
            and vector = decode('0000803f' || '00000000' || '000000bf', 'hex')"""));
    assertEquals(
        1,
        chunks(
            """
            ordinal = 1 and kind = 'code' and heading_path = array['A', 'Part "1"']
            and vector = decode('00000000' || '6f12833a' || '00000040', 'hex')"""));
    assertEquals(2, chunks("true"));
  }

  @Test
  void theSameAgainChangesNothingAndWhatDiffersReplacesWhatWas() throws Exception {
    long collectionId =
        Database.number("select id from content.collection where name = ?", collection);
    try (EventLog events = new EventLog(natsUrl)) {
      put("", TWO).statusCode(200).body("outcome", is("stored"));
      assertEquals(1, request());
      put("", TWO).statusCode(200).body("outcome", is("unchanged"));
      assertEquals(1, request());
      put("", one("[1,0,-0.5]")).statusCode(200).body("outcome", is("stored"));
      assertEquals(1, chunks("true"));
      put("", one("[1,0,-0.25]")).statusCode(200).body("outcome", is("stored"));
      assertEquals(3, request());
      await().until(() -> events.of(collectionId).size() == 3);
      assertEquals(document, events.of(collectionId).getLast().event().getDocumentId());
    }
    assertEquals(1, Database.number("select version from content.document where id = ?", document));
  }

  @Test
  void chunksOfAnotherVersionAreRefused() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"title\":\"A2\"}")
        .put("/v1/collections/{c}/documents/a", collection)
        .then()
        .statusCode(200);
    put("", TWO)
        .statusCode(409)
        .body("type", is("urn:relata:problem:version-conflict"))
        .body("detail", containsString("is at version 2"));
    assertEquals(0, chunks("true"));
  }

  @Test
  void whatIsNoListOfNumbersIsAskedToBeOne() {
    for (String vector : List.of("[1,null,3]", "[1,2,\"NaN\"]", "\"AACAPw==\"", "{}", "7")) {
      put("", "{\"version\":1,\"chunks\":[{\"text\":\"t\",\"vector\":%s}]}".formatted(vector))
          .statusCode(400)
          .body("errors.field", is(List.of("chunks.0.vector")))
          .body("errors[0].detail", is("Must be a list of numbers."));
    }
  }

  @Test
  void everyFaultNamesItsChunkAndField() {
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("{\"vector\":[1,2,3]}", "chunks.0.text"),
            Map.entry("{\"text\":\" \",\"vector\":[1,2,3]}", "chunks.0.text"),
            Map.entry("{\"text\":\"a\\u0000\",\"vector\":[1,2,3]}", "chunks.0.text"),
            Map.entry("{\"text\":\"t\"}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,3,4]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,4e38]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,-1e999]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[0,0,0]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,null]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,\"3\"]}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":1}", "chunks.0.vector"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,3],\"kind\":\"mermaid\"}", "chunks.0.kind"),
            Map.entry(
                "{\"text\":\"t\",\"vector\":[1,2,3],\"headingPath\":[\"\"]}",
                "chunks.0.headingPath"),
            Map.entry(
                "{\"text\":\"t\",\"vector\":[1,2,3],\"headingPath\":[null]}",
                "chunks.0.headingPath"),
            Map.entry("{\"text\":\"t\",\"vector\":[1,2,3],\"colour\":1}", "chunks.0.colour"),
            Map.entry("null", "chunks.0"));
    wrong.forEach(
        (chunk, field) ->
            put("", "{\"version\":1,\"chunks\":[%s]}".formatted(chunk))
                .statusCode(400)
                .body("errors[0].field", is(field)));
    put("", "{\"chunks\":[{\"text\":\"t\",\"vector\":[1,2,3]}]}")
        .statusCode(400)
        .body("errors[0].field", is("version"));
    put("", "{\"version\":1,\"chunks\":[]}").statusCode(400).body("errors[0].field", is("chunks"));
    put("", "{\"version\":1,\"chunks\":{}}")
        .statusCode(400)
        .body("errors[0].field", is("chunks"))
        .body("errors[0].detail", is("Must be a list."));
    put("", "null").statusCode(400);
    put("", "").statusCode(400);
    put("", "{\"version\":1").statusCode(400).body("type", is("urn:relata:problem:invalid-json"));
    assertEquals(0, chunks("true"));
  }

  @Test
  void moreChunksThanAllowedAreRefusedAndFaultsAreNamedUpToALimit() {
    put("", many(2001, "[1,2,3]")).statusCode(400).body("errors[0].field", is("chunks"));
    put("", many(50, "[1]")).statusCode(400).body("errors.size()", is(20));
  }

  @Test
  void bodyMayBeMuchLargerThanADocumentButNotEndless() {
    String text = "x".repeat(90_000);
    String chunks =
        IntStream.range(0, 30)
            .mapToObj(i -> "{\"text\":\"%s\",\"vector\":[1,2,%d]}".formatted(text, i + 1))
            .collect(Collectors.joining(","));
    put("", "{\"version\":1,\"chunks\":[%s]}".formatted(chunks)).statusCode(200);
    put("", "{\"version\":1,%s}".formatted(" ".repeat(17 << 20)))
        .statusCode(413)
        .body("type", is("urn:relata:problem:too-large"));
  }

  @Test
  void generationThatEmbedsByItselfTakesNoChunks() {
    String other = Collections.create();
    Collections.put(other, "a", "A");
    given()
        .contentType(ContentType.JSON)
        .body(TWO)
        .put("/v1/collections/{c}/documents/a/features", other)
        .then()
        .statusCode(409)
        .body("detail", containsString("embed.source"));
    long embedding = Database.generation(other);
    given()
        .contentType(ContentType.JSON)
        .body(TWO)
        .put("/v1/collections/{c}/documents/a/features?generation={g}", other, embedding)
        .then()
        .statusCode(409)
        .body("detail", containsString("Generation " + embedding));
    put("?generation=" + embedding, TWO).statusCode(404);
  }

  @Test
  void ofTwoGenerationsThatTakeChunksOneMustBeNamed() {
    long building = Database.building(collection);
    put("", TWO).statusCode(409).body("detail", containsString("name one"));
    put("?generation=" + building, TWO).statusCode(200).body("generation", is((int) building));
    assertEquals(0, chunks("true"));
    Database.execute("update content.generation set state = 'cancelled' where id = ?", building);
    put("?generation=" + building, TWO).statusCode(409).body("detail", containsString("cancelled"));
    put("", TWO).statusCode(200).body("generation", is((int) generation));
  }

  @Test
  void whatIsNotThereIsNamed() {
    for (String path : List.of("/v1/collections/nowhere/documents/a", missingDocument())) {
      given()
          .contentType(ContentType.JSON)
          .body(TWO)
          .put(path + "/features")
          .then()
          .statusCode(404);
    }
  }

  @Test
  void chunksOfAGenerationThatIsNotKeptAreErased() {
    put("", TWO).statusCode(200);
    erasure.erase();
    assertEquals(2, chunks("true"));
    Database.execute(
        "update content.generation set erase_after = now() - interval '1 s' where id = ?",
        generation);
    erasure.erase();
    assertEquals(0, chunks("true"));
  }

  private String missingDocument() {
    return "/v1/collections/%s/documents/b".formatted(collection);
  }

  private ValidatableResponse put(String query, String body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/collections/%s/documents/a/features%s".formatted(collection, query))
        .then();
  }

  private static String one(String vector) {
    return many(1, vector);
  }

  private static String many(int count, String vector) {
    String chunk = "{\"text\":\"first\",\"vector\":%s}".formatted(vector);
    return "{\"version\":1,\"chunks\":[%s]}"
        .formatted(String.join(",", java.util.Collections.nCopies(count, chunk)));
  }

  private long chunks(String condition) {
    return Database.number(
        "select count(*) from content.provided_chunk where generation_id = ? and document_id = ?"
            + " and "
            + condition,
        generation,
        document);
  }

  private long request() {
    return Database.number("select request from content.document where id = ?", document);
  }
}
