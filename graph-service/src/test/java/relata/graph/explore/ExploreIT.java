package relata.graph.explore;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.Fixture;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ExploreIT {
  @Inject EdgeCommitter committer;

  private Fixture fixture;
  private Fixture.Generation generation;

  /** 1 is similar to 2, 3 and 4, which are similar to nobody else. */
  @BeforeEach
  void aStar() throws Exception {
    fixture = new Fixture();
    generation = fixture.generation(0.5, 2);
    fixture.store(generation, 1, 3, new float[] {1, 1, 1});
    fixture.store(generation, 2, 1, new float[] {1, 0, 0}, new float[] {0.1f, 0, 0});
    fixture.store(generation, 3, 1, new float[] {0, 1, 0});
    fixture.store(generation, 4, 1, new float[] {0, 0, 1});
    fixture.store(generation, 5, 1);
    committer.commit(generation.id(), Set.of(1L, 2L, 3L, 4L, 5L));
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void neighboursStandInTheOrderOfTheList() {
    given()
        .get("/internal/generations/{g}/documents/1/neighbors", generation.id())
        .then()
        .statusCode(200)
        .body("generation", equalTo((int) generation.id()))
        .body("documentId", equalTo(1))
        .body("version", equalTo(3))
        .body("neighbors.documentId", equalTo(List.of(2, 3)))
        .body("neighbors[0].similarity", equalTo((float) (1 / Math.sqrt(3))))
        .body("neighbors[0].chunk", equalTo(0))
        .body("neighbors[0].neighborChunk", equalTo(0));
  }

  @Test
  void aDocumentThatIsNotLinkedYetHasNoVersion() {
    given()
        .get("/internal/generations/{g}/documents/77/neighbors", generation.id())
        .then()
        .statusCode(200)
        .body("version", nullValue())
        .body("neighbors", hasSize(0));
  }

  @Test
  void theMostLinkedDocumentsComeFirst() {
    given()
        .get("/internal/generations/{g}/graph?top=3", generation.id())
        .then()
        .statusCode(200)
        .body("nodeCount", equalTo(5))
        .body("edgeCount", equalTo(3))
        .body("top.documentId", equalTo(List.of(1, 2, 3)))
        .body("top.degree", equalTo(List.of(3, 1, 1)))
        .body("edges.lowId", equalTo(List.of(1, 1)))
        .body("edges.highId", equalTo(List.of(2, 3)))
        .body("edgesOmitted", equalTo(0));
  }

  @Test
  void aNumberThatMakesNoSenseIsRefused() {
    for (String top : List.of("0", "-1", "501")) {
      given()
          .get("/internal/generations/{g}/graph?top={top}", generation.id(), top)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", containsString("\"top\""));
    }
  }

  @Test
  void anUnknownGenerationIsNotFound() {
    for (String path : List.of("graph", "documents/1/neighbors")) {
      given()
          .get("/internal/generations/999999/" + path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("detail", containsString("999999"));
    }
  }

  @Test
  void anUnknownPathIsAProblemToo() {
    given()
        .get("/internal/generations/many/graph")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }
}
