package relata.graph.index;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.Fixture;

/** A generation of each test's own, and what is asked of its index over HTTP. */
abstract class IndexSituation {
  static final int DIMENSION = 768;
  static final String INDEX = "/internal/generations/{g}/index";
  private static final int PRINCIPAL = 60;
  private static final double REST = Math.sqrt((double) PRINCIPAL / (DIMENSION - PRINCIPAL));

  @Inject EdgeCommitter committer;
  @Inject QuerySample sample;

  private final Random random = new Random(3);
  Fixture fixture;
  Fixture.Generation generation;

  @BeforeEach
  void generation() throws Exception {
    fixture = new Fixture();
    generation = fixture.generation(0.9, 3);
  }

  @AfterEach
  void erase() throws Exception {
    fixture.deleteCollection(generation);
    committer.eraseIfGone(generation.id());
    fixture.close();
  }

  /**
   * As far apart in few directions, which a sketch knows well, as in all others together: to be
   * right takes few comparisons, and to be certain nearly all.
   */
  final float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int at = 0; at < DIMENSION; at++) {
      vector[at] = (float) (random.nextGaussian() * (at < PRINCIPAL ? 1 : REST));
    }
    return vector;
  }

  final void queries(int count) {
    for (int i = 0; i < count; i++) {
      sample.offerStored(generation.id(), "query " + i, vector(), 10);
    }
    sample.flush();
  }

  final ValidatableResponse index() {
    return given().get(INDEX, generation.id()).then();
  }

  final ValidatableResponse tune(Object body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(INDEX + "/tune", generation.id())
        .then();
  }

  final void bar(double minRecall) throws Exception {
    fixture.run(
        "update content.collection set min_recall = ? where id = ?",
        minRecall,
        generation.collectionId());
  }
}
