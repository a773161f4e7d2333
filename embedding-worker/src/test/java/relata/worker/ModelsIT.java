package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** The models: what is said of them, and which may be called. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class ModelsIT {
  private static final String PINNED = "embed-pinned";

  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;

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
    Collection pinned = content.collection(Content.recipe(PINNED));
    Collection other = content.collection(Content.recipe("outsider"));
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
    Collection collection = content.collection(Content.recipe(PINNED));
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
    var reply = events.connection().request(subject, request, Duration.ofSeconds(30));
    return ModelsReply.parseFrom(reply.getData());
  }
}
