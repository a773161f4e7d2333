package relata.api.change;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static relata.local.testing.Patiently.await;

import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.outbox.NatsLink;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.Made;
import relata.contracts.Subjects;
import relata.contracts.v1.Model;
import relata.contracts.v1.ModelsReply;
import relata.contracts.v1.ModelsStatus;
import relata.local.testing.BackendsResource;
import relata.local.testing.Patiently;

/** Answers the questions about models as embedding-worker would, over the real NATS. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PlanIT {
  @Inject NatsLink link;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private Connection worker;
  private String collection;

  @BeforeEach
  void threeDocumentsOfTwoChunks() {
    collection = Collections.create();
    for (String id : new String[] {"a", "b", "c"}) {
      Collections.put(collection, id, id);
    }
    Made.all(Database.generation(collection));
    Made.chunks(Database.generation(collection), "title", "paragraph");
  }

  @AfterEach
  void leave() throws InterruptedException {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void planSaysWhatIsToBeMadeAndHowLongItTakes() throws Exception {
    answer("all-minilm:latest", "bge-m3", "llama3.2");
    plan("{}").body("change", is("none")).body("documents", is(3)).body("estimatedSeconds", is(0));
    put("{}", "?dryRun=true&rebuild=true")
        .statusCode(200)
        .body("change", is("rebuild"))
        .body("chunksToEmbed", is(0));
    plan("{\"edges\":{\"maxNeighbors\":3}}")
        .body("change", is("edges"))
        .body("chunksToEmbed", is(0))
        .body("recipe.edges.maxNeighbors", is(3));
    plan("{\"describe\":{}}")
        .body("change", is("descriptions"))
        .body("documentsToDescribe", is(3))
        .body("chunksToEmbed", is(3))
        .body("estimatedSeconds", is(2))
        .body("recipe.describe.model", is("llama3.2"));
    plan("{\"embed\":{\"model\":\"bge-m3\"}}")
        .body("change", is("everything"))
        .body("documentsToDescribe", is(0))
        .body("chunksToEmbed", is(6));
    given()
        .get("/v1/collections/{c}", collection)
        .then()
        .body("building", nullValue())
        .body("recipe.edges.maxNeighbors", is(10));
  }

  @Test
  void modelThatTheServerDoesNotHaveIsRefusedWithThoseThatItHas() throws Exception {
    answer("all-minilm:latest", "llama3.2");
    for (String query : new String[] {"", "?dryRun=true"}) {
      put("{\"embed\":{\"model\":\"bge-m3\"}}", query)
          .statusCode(409)
          .body(
              "detail",
              containsString(
                  "no model 'bge-m3': pull it there, or name one that it has: all-minilm:latest, llama3.2"));
    }
    put("{}", "").statusCode(200);
  }

  @Test
  void withoutAWorkerTheTimeIsNotKnown() {
    plan("{\"embed\":{\"model\":\"bge-m3\"}}")
        .body("estimatedSeconds", nullValue())
        .body("warnings", hasItem(containsString("No worker")));
  }

  @Test
  void collectionIsNotMadeWithAModelThatIsNotThere() throws Exception {
    String named = "{\"name\":\"lacking\",\"recipe\":{\"embed\":{\"model\":\"never-pulled\"}}}";
    answer("all-minilm:latest");
    given()
        .contentType(ContentType.JSON)
        .body(named)
        .post("/v1/collections")
        .then()
        .statusCode(409)
        .body("type", is("urn:relata:problem:unknown-model"))
        .body("detail", containsString("or name one that it has: all-minilm:latest"));
    given().get("/v1/collections/lacking").then().statusCode(404);
    leave();
    given()
        .contentType(ContentType.JSON)
        .body(named)
        .post("/v1/collections")
        .then()
        .statusCode(201);
  }

  @Test
  void recipeThatIsNoneIsRefusedWithoutAFieldThatIsNotThere() {
    for (String none : List.of("[]", "5", "\"DEFAULT\"")) {
      put(none, "")
          .statusCode(400)
          .body("detail", is("Must be a JSON object, or \"default\"."))
          .body("errors[0]", not(hasKey("field")));
    }
  }

  /** Each model deals with four texts in a second. */
  private void answer(String... names) throws Exception {
    ModelsStatus.Builder status = ModelsStatus.newBuilder();
    for (String name : names) {
      status.addModels(Model.newBuilder().setName(name).setDigest("d1").setInputsPerSecond(4));
    }
    byte[] reply = ModelsReply.newBuilder().setStatus(status).build().toByteArray();
    worker = Patiently.connect(natsUrl);
    worker
        .createDispatcher(question -> worker.publish(question.getReplyTo(), reply))
        .subscribe(Subjects.MODELS_STATUS);
    worker.flush(Duration.ofSeconds(10));
    await().until(() -> link.standing().isPresent());
  }

  private ValidatableResponse plan(String recipe) {
    return put(recipe, "?dryRun=true").statusCode(200);
  }

  private ValidatableResponse put(String recipe, String query) {
    return given()
        .contentType(ContentType.JSON)
        .body(recipe)
        .put("/v1/collections/{c}/recipe" + query, collection)
        .then();
  }
}
