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
        .body("nodes.documentId", equalTo(List.of(1, 2, 3)))
        .body("nodes.degree", equalTo(List.of(3, 1, 1)))
        .body("edges.lowId", equalTo(List.of(1, 1)))
        .body("edges.highId", equalTo(List.of(2, 3)))
        .body("edgesOmitted", equalTo(0));
  }

  @Test
  void neighboursShowTheChunksThatAreAlikeIfAsked() {
    given()
        .get(
            "/internal/generations/{g}/documents/1/neighbors?evidence=true&limit=1",
            generation.id())
        .then()
        .statusCode(200)
        .body("neighbors.documentId", equalTo(List.of(2)))
        .body("neighbors[0].evidence.chunk.text", equalTo("chunk 0 of 1"))
        .body("neighbors[0].evidence.neighborChunk.text", equalTo("chunk 0 of 2"))
        .body("neighbors[0].evidence.neighborChunk.kind", equalTo("title"))
        .body("neighbors[0].evidence.neighborChunk.headingPath", equalTo(List.of("document 2")));
  }

  @Test
  void surroundingsEndAtTheDepthAndTellWhatIsLeftOut() {
    given()
        .get("/internal/generations/{g}/graph?around=2&depth=1", generation.id())
        .then()
        .statusCode(200)
        .body("nodes.documentId", equalTo(List.of(2, 1)))
        .body("nodes.steps", equalTo(List.of(0, 1)))
        .body("edges.size()", equalTo(1))
        .body("nodesOmitted", equalTo(0));
    given()
        .get("/internal/generations/{g}/graph?around=2&depth=2&nodes=3", generation.id())
        .then()
        .body("nodes.documentId", equalTo(List.of(2, 1, 3)))
        .body("nodesOmitted", equalTo(1));
    given()
        .get("/internal/generations/{g}/graph?around=2&minSimilarity=0.9", generation.id())
        .then()
        .body("nodes.documentId", equalTo(List.of(2)));
    given()
        .get("/internal/generations/{g}/graph?around=77", generation.id())
        .then()
        .statusCode(200)
        .body("nodes", hasSize(0))
        .body("nodeCount", equalTo(5));
  }

  @Test
  void statisticsAreOfTheWholeGraph() {
    given()
        .get("/internal/generations/{g}/graph/statistics", generation.id())
        .then()
        .statusCode(200)
        .body("statistics.nodes", equalTo(5))
        .body("statistics.edges", equalTo(3))
        .body("statistics.isolatedNodes", equalTo(1))
        .body("statistics.degrees.max", equalTo(3))
        .body("statistics.components", equalTo(List.of(4, 1)));
  }

  @Test
  void aPathTellsByWhichChunksItGoes() {
    given()
        .get("/internal/generations/{g}/graph/path?from=2&to=3", generation.id())
        .then()
        .statusCode(200)
        .body("connected", equalTo(true))
        .body("steps.fromId", equalTo(List.of(2, 1)))
        .body("steps.toId", equalTo(List.of(1, 3)))
        .body("steps[0].chunk.text", equalTo("chunk 0 of 2"))
        .body("steps[1].toChunk.text", equalTo("chunk 0 of 3"));
    for (int to : List.of(5, 77)) {
      given()
          .get("/internal/generations/{g}/graph/path?from=2&to={to}", generation.id(), to)
          .then()
          .statusCode(200)
          .body("connected", equalTo(false))
          .body("steps", hasSize(0));
    }
  }

  @Test
  void aStarIsOneCommunityAroundItsMiddle() {
    given()
        .get("/internal/generations/{g}/graph/communities?members=2", generation.id())
        .then()
        .statusCode(200)
        .body("count", equalTo(2))
        .body("communities.size", equalTo(List.of(4, 1)))
        .body("communities[0].edges", equalTo(3))
        .body("communities[0].members.documentId", equalTo(List.of(1, 2)));
    given()
        .get("/internal/generations/{g}/graph/communities?of=3&offset=3", generation.id())
        .then()
        .body("communities.size", equalTo(List.of(4)))
        .body("communities[0].members.documentId", equalTo(List.of(4)))
        .body("communitiesOmitted", equalTo(1));
  }

  @Test
  void nearDuplicatesAreGroupsAboveASimilarity() {
    given()
        .get("/internal/generations/{g}/graph/duplicates?minSimilarity=0.5", generation.id())
        .then()
        .statusCode(200)
        .body("groups.size", equalTo(List.of(4)))
        .body("groups[0].documentIds", equalTo(List.of(1, 2, 3, 4)));
    given()
        .get("/internal/generations/{g}/graph/duplicates", generation.id())
        .then()
        .body("groups", hasSize(0));
  }

  @Test
  void whatIsCommittedIsSeenByTheNextLook() throws Exception {
    String statistics = "/internal/generations/{g}/graph/statistics";
    given().get(statistics, generation.id()).then().body("statistics.edges", equalTo(3));
    fixture.store(generation, 5, 2, new float[] {1, 1, 1});
    committer.commit(generation.id(), Set.of(5L));
    given()
        .get(statistics, generation.id())
        .then()
        .body("statistics.edges", equalTo(7))
        .body("statistics.isolatedNodes", equalTo(0));
  }

  @Test
  void aNumberThatMakesNoSenseIsRefused() {
    for (String query :
        List.of(
            "?top=0",
            "?top=501",
            "?around=1&depth=7",
            "?around=1&nodes=501",
            "/communities?resolution=0",
            "/communities?limit=101",
            "/communities?offset=-1",
            "/duplicates?limit=0",
            "/path?from=1")) {
      given()
          .get("/internal/generations/{g}/graph" + query, generation.id())
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", containsString("Field \""));
    }
  }

  @Test
  void anUnknownGenerationIsNotFound() {
    for (String path : List.of("graph", "graph/statistics", "documents/1/neighbors")) {
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
