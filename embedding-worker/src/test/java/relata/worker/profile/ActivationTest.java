package relata.worker.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.worker.catalog.AliasConfig;
import relata.worker.catalog.CatalogParts;
import relata.worker.catalog.ModelsConfig;

final class ActivationTest {
  private final ModelMemory server = new ModelMemory(2, "embedder", "writer", "judge");

  @Test
  void theOldModelHasLeftMemoryBeforeTheNewOneIsLoaded() throws Exception {
    server.hold("embedder");
    server.hold("writer");
    assertInstanceOf(Activation.Outcome.Active.class, activate("judging"));
    assertEquals(Set.of("embedder:latest", "judge:latest"), server.loaded());
    assertEquals(
        List.of(
            "unload writer:latest",
            "free writer:latest",
            "load judge:latest",
            "probe judge:latest",
            "load embedder:latest",
            "probe embedder:latest"),
        server.log);
  }

  @Test
  void aModelThatBothUseStays() throws Exception {
    // Under another name of the same model.
    server.hold("w-as-it-was-called");
    server.hold("embedder");
    assertInstanceOf(Activation.Outcome.Active.class, activate("writing"));
    assertTrue(
        server.log.stream().noneMatch(line -> line.startsWith("unload")), server.log::toString);
  }

  @Test
  void aModelThatDoesNotLeaveFailsTheProfileWithItsName() throws Exception {
    server.hold("writer");
    server.looksUntilFree = Integer.MAX_VALUE;
    Activation.Outcome outcome = activation("1s").run("judging", () -> true);
    var failed = assertInstanceOf(Activation.Outcome.Failed.class, outcome);
    assertTrue(failed.reason().contains("writer:latest is still loaded"), failed.reason());
    assertTrue(
        server.log.stream().noneMatch(line -> line.startsWith("load")), server.log::toString);
  }

  @Test
  void aModelThatDoesNotAnswerFailsTheProfile() throws Exception {
    server.broken.add("judge:latest");
    var failed = assertInstanceOf(Activation.Outcome.Failed.class, activate("judging"));
    assertTrue(
        failed.reason().contains("judge:latest is loaded but does not answer"), failed.reason());
  }

  @Test
  void aModelThatTheServerLacksFailsTheProfileBeforeAnythingIsUnloaded() throws Exception {
    server.hold("writer");
    var failed = assertInstanceOf(Activation.Outcome.Failed.class, activate("unknown"));
    assertTrue(
        failed.reason().contains("nowhere:latest is not on the model server"), failed.reason());
    assertEquals(List.of(), server.log);
  }

  @Test
  void aProfileThatNeedsMoreMemoryThanThereIsFails() throws Exception {
    var failed = assertInstanceOf(Activation.Outcome.Failed.class, activate("everything"));
    assertTrue(failed.reason().contains("more memory than there is"), failed.reason());
  }

  @Test
  void whatIsNotWantedAnyMoreTouchesNothing() throws Exception {
    server.hold("writer");
    assertInstanceOf(
        Activation.Outcome.Superseded.class, activation("60s").run("judging", () -> false));
    assertEquals(List.of(), server.log);
  }

  private Activation.Outcome activate(String profile) throws InterruptedException {
    return activation("60s").run(profile, () -> true);
  }

  private Activation activation(String unloadLimit) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(ProfileConfig.Profiles.class)
            .withMapping(ProfileConfig.Limits.class)
            .withMapping(AliasConfig.class)
            .withMapping(ModelsConfig.class)
            .withDefaultValue("relata.profiles.writing.models", "describer")
            .withDefaultValue("relata.profiles.judging.models", "judge")
            .withDefaultValue("relata.profiles.unknown.models", "nowhere")
            .withDefaultValue("relata.profiles.everything.models", "writer,judge")
            .withDefaultValue("relata.aliases.embedder", "embedder")
            .withDefaultValue("relata.aliases.describer", "writer")
            .withDefaultValue("relata.aliases.judge", "judge")
            .withDefaultValue("relata.profile.refresh", "50ms")
            .withDefaultValue("relata.profile.unload-limit", unloadLimit)
            .build();
    CatalogParts parts =
        CatalogParts.of(
            server,
            config.getConfigMapping(ModelsConfig.class),
            config.getConfigMapping(AliasConfig.class));
    return new Activation(
        server,
        parts.installed(),
        new ProfileModels(
            config.getConfigMapping(ProfileConfig.Profiles.class), parts.aliases(), parts.pinned()),
        config.getConfigMapping(ProfileConfig.Limits.class),
        Clock.systemUTC());
  }
}
