package relata.api.document;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
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

  private ValidatableResponse get(String id) {
    return given().get(PATH, collection, id).then();
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  /** A response that can be checked further or asked for its tag. */
  private record Answer(ValidatableResponse response) {
    ValidatableResponse statusCode(int status) {
      return response.statusCode(status);
    }

    String tag() {
      return response.extract().header("ETag");
    }
  }
}
