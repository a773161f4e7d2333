package relata.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Subjects;
import relata.contracts.v1.Model;
import relata.contracts.v1.ModelProfile;
import relata.contracts.v1.ModelProfileState;
import relata.contracts.v1.ModelsFailureReason;
import relata.contracts.v1.ModelsReply;
import relata.contracts.v1.ModelsRequest;
import relata.local.testing.BackendsResource;
import relata.worker.canary.Canary;
import relata.worker.gate.Lane;
import relata.worker.gate.LaneCalls;
import relata.worker.gate.Turn;
import relata.worker.model.Breakers;
import relata.worker.model.CallSize;
import relata.worker.model.ModelAccess;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** The models: what is said of them, which may be called, and how a silent one is found. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class ModelsIT {
  private static final String PINNED = "embed-pinned";

  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Canary canary;
  @Inject Breakers breakers;
  @Inject ModelAccess access;

  @BeforeEach
  void installModels() {
    ollama.reset();
    ollama.list(PINNED, "digest-1");
    ollama.list("writer", "digest-2");
    ollama.list("judge-of-answers", "digest-3");
  }

  @AfterEach
  void forgetProfiles() {
    content.run("delete from feature.model_profile");
    await()
        .until(
            () ->
                ask(Subjects.MODELS_STATUS, "").getStatus().getProfilesList().stream()
                    .allMatch(
                        profile ->
                            profile.getState() == ModelProfileState.MODEL_PROFILE_STATE_INACTIVE));
  }

  @Test
  void aProfileIsLoadedInPlaceOfTheOneBefore() throws Exception {
    activate("writing");
    assertEquals(Set.of("writer:latest", PINNED + ":latest"), ollama.loaded());
    activate("judging");
    assertEquals(Set.of("judge-of-answers:latest", PINNED + ":latest"), ollama.loaded());
    assertEquals(ModelProfileState.MODEL_PROFILE_STATE_INACTIVE, profile("writing").getState());

    ask(Subjects.MODELS_DEACTIVATE, "judging");
    await().until(() -> ollama.loaded().equals(Set.of(PINNED + ":latest")));
    assertEquals(ModelProfileState.MODEL_PROFILE_STATE_INACTIVE, profile("judging").getState());
  }

  @Test
  void aModelOutsideOfTheProfileIsNotCalledAndItsDocumentsWait() throws Exception {
    Collection pinned = content.collection(recipe(PINNED));
    Collection other = content.collection(recipe("outsider"));
    activate("writing");
    long inside = content.write(pinned, "Wanted", "");
    long outside = content.write(other, "Has to wait", "");
    events.written(other, outside);
    events.written(pinned, inside);
    await().until(() -> "ready".equals(content.state(pinned, inside)));
    assertTrue(
        ollama.calls().stream().noneMatch(call -> call.model().equals("outsider")),
        "the model outside of the profile is not called");
    assertFalse("ready".equals(content.state(other, outside)));

    ask(Subjects.MODELS_DEACTIVATE, "writing");
    await().until(() -> "ready".equals(content.state(other, outside)));
    assertEquals("1", content.text(other, outside, "attempts"));
  }

  @Test
  void aCallToThePinnedModelKeepsItInMemory() {
    Collection collection = content.collection(recipe(PINNED));
    long id = content.write(collection, "Stay", "");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals("-1m", ollama.calls().getFirst().request().getString("keep_alive"));
  }

  @Test
  void aProfileThatCannotBeLoadedSaysWhy() throws Exception {
    ollama.reset();
    ask(Subjects.MODELS_ACTIVATE, "writing");
    await()
        .until(() -> profile("writing").getState() == ModelProfileState.MODEL_PROFILE_STATE_FAILED);
    assertTrue(
        profile("writing").getReason().contains("writer:latest is not on the model server"),
        profile("writing").getReason());
  }

  @Test
  void aProfileThatFailedLeavesNoModelInMemoryButThePinned() throws Exception {
    ollama.write(_ -> Reply.error(500, "out of order"));
    ask(Subjects.MODELS_ACTIVATE, "writing");
    await()
        .until(() -> profile("writing").getState() == ModelProfileState.MODEL_PROFILE_STATE_FAILED);
    assertTrue(
        profile("writing").getReason().contains("writer:latest is loaded but does not answer"),
        profile("writing").getReason());
    await().until(() -> !ollama.loaded().contains("writer:latest"));
  }

  @Test
  void anActivationThatAWorkerLeftBehindIsTakenOverSoon() {
    content.run(
        """
        insert into feature.model_profile (profile, state, changed_at)
        values ('writing', 'activating', now() - interval '30 seconds')
        """);
    await()
        .until(() -> profile("writing").getState() == ModelProfileState.MODEL_PROFILE_STATE_ACTIVE);
    assertTrue(ollama.loaded().contains("writer:latest"));
  }

  @Test
  void anActivationIsNotTakenOverHoweverLongAModelTakesToBeLoaded() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.load(
        _ -> {
          goOn.await();
          return FakeOllama.text("");
        });
    ask(Subjects.MODELS_ACTIVATE, "writing");
    String begun = changedAt();
    await().until(() -> !changedAt().equals(begun));
    String renewed = changedAt();
    await().until(() -> !changedAt().equals(renewed));
    goOn.countDown();
    await()
        .until(() -> profile("writing").getState() == ModelProfileState.MODEL_PROFILE_STATE_ACTIVE);
  }

  @Test
  void aModelThatWasStillBeingLoadedWhenItsProfileWasDeactivatedDoesNotStay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.load(
        _ -> {
          begun.countDown();
          goOn.await();
          return FakeOllama.text("");
        });
    ask(Subjects.MODELS_ACTIVATE, "writing");
    begun.await();
    ask(Subjects.MODELS_DEACTIVATE, "writing");
    goOn.countDown();
    await().until(() -> !ollama.prompts().isEmpty());
    await().until(() -> !ollama.loaded().contains("writer:latest"));
  }

  @Test
  void whatIsKnownOfTheModelsIsTold() throws Exception {
    activate("writing");
    ModelsReply reply = ask(Subjects.MODELS_STATUS, "");
    List<Model> models = reply.getStatus().getModelsList();
    assertEquals(
        List.of(PINNED + ":latest", "judge-of-answers:latest", "writer:latest"),
        models.stream().map(Model::getName).toList());
    Model pinned = models.getFirst();
    assertTrue(pinned.getPinned() && pinned.getLoaded());
    assertEquals("digest-1", pinned.getDigest());
    assertEquals(1000, pinned.getSizeBytes());
    assertEquals(800, pinned.getVramBytes());
    assertFalse(models.get(1).getLoaded() || models.get(1).getPinned());
    assertEquals(3, reply.getStatus().getLanesCount());
    assertEquals(
        List.of("judging", "writing"),
        reply.getStatus().getProfilesList().stream().map(ModelProfile::getName).toList());
    assertEquals("", reply.getStatus().getServerError());
  }

  @Test
  void aProfileThatNobodyKnowsIsSaidToBeUnknown() throws Exception {
    for (String subject : List.of(Subjects.MODELS_ACTIVATE, Subjects.MODELS_DEACTIVATE)) {
      var failure = ask(subject, "dreaming").getFailure();
      assertEquals(ModelsFailureReason.MODELS_FAILURE_REASON_UNKNOWN_PROFILE, failure.getReason());
      assertEquals(
          "The configuration has no profile \"dreaming\": it has judging, writing.",
          failure.getMessage());
    }
  }

  @Test
  void aModelThatIsListedAndAnswersNothingIsFoundAndLeftAlone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ollama.list("embed-silent", "digest-4");
    ollama.answer(
        call -> {
          never.await();
          return FakeOllama.vectors(call.inputs());
        });
    Collection collection = content.collection(recipe("embed-silent"));
    long id = content.write(collection, "Will hang", "");
    events.written(collection, id);
    await().until(() -> !ollama.calls().isEmpty());

    canary.look();
    canary.look();
    await().until(() -> breakers.of("embed-silent").isProbed());
    assertEquals(
        1,
        ollama.calls().stream()
            .filter(call -> call.model().equals("embed-silent"))
            .filter(call -> call.inputs().equals(List.of("ok")))
            .count(),
        "one that is being asked is not asked again");

    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    never.countDown();
    await().until(() -> breakers.of("embed-silent").reason().isEmpty());
    await().until(() -> "ready".equals(content.state(collection, id)));
  }

  @Test
  void aModelThatTheHungCallsOfOthersKeepOutIsNotBlamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<Thread> hanging = new ArrayList<>();
    content.collection(recipe("embed-hung"));
    content.collection(recipe("embed-shut-out"));
    // As many as there may ever be, which takes two models: one alone leaves room for others.
    for (String model : List.of("embed-hung", "embed-hung-too")) {
      for (int i = 0; i < access.permits(); i++) {
        hanging.add(Thread.ofVirtual().start(() -> hang(model, never)));
      }
    }
    await().until(() -> calls(Lane.LIVE).running() == 2 * access.permits());
    Thread wanted = Thread.ofVirtual().start(() -> hang("embed-shut-out", never));
    await().until(() -> calls(Lane.LIVE).waiting() == 1);

    canary.look();
    await().until(() -> calls(Lane.QUERY).waiting() >= 2);
    await().until(() -> calls(Lane.QUERY).waiting() == 0);
    await().until(() -> breakers.of("embed-hung").isProbed());
    assertFalse(breakers.of("embed-shut-out").isProbed(), "nothing is known of it");

    never.countDown();
    hanging.add(wanted);
    for (Thread thread : hanging) {
      thread.join();
    }
  }

  @Test
  void aModelThatAnswersClosesItsBreakerByTheCanaryAlone() throws Exception {
    String alone = "embed-for-canary";
    content.collection(recipe(alone));
    ollama.answer(call -> Reply.error(500, "out of order"));
    canaryUntil(() -> breakers.of(alone).reason().isPresent());
    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    canaryUntil(() -> breakers.of(alone).answeredAt().isPresent());
    assertTrue(breakers.of(alone).reason().isEmpty());
  }

  private void hang(String model, CountDownLatch never) {
    access.ask(
        new Turn(Lane.LIVE, 1),
        model,
        CallSize.NOTHING,
        () -> {
          try {
            never.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          return "late";
        },
        failure -> failure.code());
  }

  private LaneCalls calls(Lane lane) {
    return access.calls().stream().filter(calls -> calls.lane() == lane).findFirst().orElseThrow();
  }

  private void canaryUntil(Callable<Boolean> reached) {
    await()
        .until(
            () -> {
              canary.look();
              return reached.call();
            });
  }

  private void activate(String profile) throws Exception {
    assertTrue(ask(Subjects.MODELS_ACTIVATE, profile).hasStatus());
    await()
        .until(
            () -> profile(profile).getState() != ModelProfileState.MODEL_PROFILE_STATE_ACTIVATING);
    assertEquals(
        ModelProfileState.MODEL_PROFILE_STATE_ACTIVE,
        profile(profile).getState(),
        profile(profile).getReason());
  }

  private String changedAt() {
    return content
        .texts("select changed_at::text from feature.model_profile where profile = ?", "writing")
        .getFirst();
  }

  private ModelProfile profile(String name) throws Exception {
    return ask(Subjects.MODELS_STATUS, "").getStatus().getProfilesList().stream()
        .filter(profile -> profile.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ModelsReply ask(String subject, String profile) throws Exception {
    byte[] request = ModelsRequest.newBuilder().setProfile(profile).build().toByteArray();
    var reply = events.connection().request(subject, request, Duration.ofSeconds(5));
    return ModelsReply.parseFrom(reply.getData());
  }

  private static JsonObject recipe(String model) {
    JsonObject recipe = Content.recipe();
    recipe.getJsonObject("embed").put("model", model);
    return recipe;
  }
}
