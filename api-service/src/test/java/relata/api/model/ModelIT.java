package relata.api.model;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.outbox.NatsLink;
import relata.contracts.Subjects;
import relata.contracts.v1.Lane;
import relata.contracts.v1.LaneState;
import relata.contracts.v1.Model;
import relata.contracts.v1.ModelProfile;
import relata.contracts.v1.ModelProfileState;
import relata.contracts.v1.ModelsFailure;
import relata.contracts.v1.ModelsFailureReason;
import relata.contracts.v1.ModelsReply;
import relata.contracts.v1.ModelsRequest;
import relata.contracts.v1.ModelsStatus;
import relata.local.testing.BackendsResource;
import relata.local.testing.Patiently;

/** Stands at the other end of the subjects, where embedding-worker would, over the real NATS. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ModelIT {
  @Inject NatsLink link;
  @Inject ModelsConfig config;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Connection worker;

  @BeforeEach
  void connect() throws Exception {
    worker = Patiently.connect(natsUrl);
    await().until(() -> link.standing().isPresent());
  }

  @AfterEach
  void leave() throws InterruptedException {
    worker.close();
  }

  @Test
  void modelsLanesProfilesAndAliasesAreShown() throws Exception {
    answer(Subjects.MODELS_STATUS, ModelsReply.newBuilder().setStatus(status()).build());
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .body("models.name", contains("all-minilm:latest", "llama3.2:latest"))
        .body("models[0].digest", is("abc"))
        .body("models[0].loaded", is(true))
        .body("models[0].sizeBytes", is(45_000_000))
        .body("models[0].vramBytes", is(50_000_000))
        .body("models[0].pinned", is(true))
        .body("models[0].inputsPerSecond", is(120.5f))
        .body("models[0].tokensPerSecond", is(4000f))
        .body("models[0].breaker", nullValue())
        .body("models[1].digest", nullValue())
        .body("models[1].inputsPerSecond", nullValue())
        .body("models[1].breaker", is("Busy until 12:00."))
        .body("lanes[0].lane", is("query"))
        .body("lanes[1].lane", is("backfill"))
        .body("lanes[1].waiting", is(7))
        .body("lanes[1].running", is(3))
        .body("profiles[0].name", is("describe"))
        .body("profiles[0].models", contains("all-minilm", "llama3.2"))
        .body("profiles[0].state", is("failed"))
        .body("profiles[0].reason", is("No room."))
        .body("aliases.embedder", contains("all-minilm"))
        .body("aliases.describer", contains("llama3.2"))
        .body("serverError", nullValue());
  }

  @Test
  void modelServerThatIsAwayIsToldInItsOwnField() throws Exception {
    ModelsStatus away = ModelsStatus.newBuilder().setServerError("Connection refused.").build();
    answer(Subjects.MODELS_STATUS, ModelsReply.newBuilder().setStatus(away).build());
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .body("models", is(List.of()))
        .body("serverError", is("Connection refused."));
  }

  @Test
  void profileIsActivatedAndDeactivatedByName() throws Exception {
    ModelsReply begun = ModelsReply.newBuilder().setStatus(status()).build();
    answer(Subjects.MODELS_ACTIVATE, begun);
    answer(Subjects.MODELS_DEACTIVATE, begun);
    for (String action : List.of("activate", "deactivate")) {
      given()
          .post("/v1/models/describe/" + action)
          .then()
          .statusCode(202)
          .body("profiles[0].name", is("describe"));
    }
    assertEquals(List.of("models.activate describe", "models.deactivate describe"), asked);
  }

  @Test
  void unknownProfileIsNamed() throws Exception {
    answer(
        Subjects.MODELS_ACTIVATE,
        refusal(
            ModelsFailureReason.MODELS_FAILURE_REASON_UNKNOWN_PROFILE,
            "There is no profile 'night'; known are describe."));
    given()
        .post("/v1/models/night/activate")
        .then()
        .statusCode(404)
        .body("type", is("urn:relata:problem:unknown-profile"))
        .body("detail", is("There is no profile 'night'; known are describe."));
    given().post("/v1/models/{profile}/activate", "a b").then().statusCode(404);
  }

  @Test
  void workerThatCannotAnswerNowIsWorthARetry() throws Exception {
    answer(
        Subjects.MODELS_STATUS,
        refusal(ModelsFailureReason.MODELS_FAILURE_REASON_UNAVAILABLE, "The worker is stopping."));
    given()
        .get("/v1/models")
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("detail", is("The worker is stopping."));
  }

  @Test
  void withoutAWorkerItIsSaidAtOnceAndWithASilentOneInTime() throws Exception {
    given().get("/v1/models").then().statusCode(503).body("detail", containsString("is one"));
    worker.createDispatcher(_ -> {}).subscribe(Subjects.MODELS_STATUS);
    worker.flush(Duration.ofSeconds(20));
    String limit = config.timeout().toMillis() + " ms";
    given().get("/v1/models").then().statusCode(503).body("detail", containsString(limit));
  }

  @Test
  void answerThatCannotBeReadIsAProblemAndNoFailure() throws Exception {
    answer(Subjects.MODELS_STATUS, ModelsReply.getDefaultInstance());
    given()
        .get("/v1/models")
        .then()
        .statusCode(503)
        .body("type", is("urn:relata:problem:models-away"));
  }

  private void answer(String subject, ModelsReply reply) throws Exception {
    worker
        .createDispatcher(message -> answer(message, reply))
        .subscribe(subject, Subjects.MODELS_QUEUE);
    worker.flush(Duration.ofSeconds(20));
  }

  private void answer(Message message, ModelsReply reply) {
    try {
      String profile = ModelsRequest.parseFrom(message.getData()).getProfile();
      asked.add(message.getSubject() + " " + profile);
    } catch (InvalidProtocolBufferException notOurs) {
      throw new IllegalStateException(notOurs);
    }
    worker.publish(message.getReplyTo(), reply.toByteArray());
  }

  private static ModelsReply refusal(ModelsFailureReason reason, String message) {
    return ModelsReply.newBuilder()
        .setFailure(ModelsFailure.newBuilder().setReason(reason).setMessage(message))
        .build();
  }

  private static ModelsStatus status() {
    return ModelsStatus.newBuilder()
        .addModels(
            Model.newBuilder()
                .setName("all-minilm:latest")
                .setDigest("abc")
                .setLoaded(true)
                .setSizeBytes(45_000_000)
                .setVramBytes(50_000_000)
                .setPinned(true)
                .setInputsPerSecond(120.5)
                .setTokensPerSecond(4_000))
        .addModels(Model.newBuilder().setName("llama3.2:latest").setBreaker("Busy until 12:00."))
        .addLanes(LaneState.newBuilder().setLane(Lane.LANE_QUERY))
        .addLanes(LaneState.newBuilder().setLane(Lane.LANE_BACKFILL).setWaiting(7).setRunning(3))
        .addProfiles(
            ModelProfile.newBuilder()
                .setName("describe")
                .addModels("all-minilm")
                .addModels("llama3.2")
                .setState(ModelProfileState.MODEL_PROFILE_STATE_FAILED)
                .setReason("No room."))
        .build();
  }
}
