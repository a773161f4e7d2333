package relata.api.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.feature.FeaturesView.Failure;
import relata.api.status.DocumentState;

class FeatureStateTest {
  private static final Instant WRITTEN = Instant.parse("2026-01-02T03:00:00Z");
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant DUE = Instant.parse("2026-01-02T03:05:00Z");
  private static final Failure UNREACHABLE = new Failure("unreachable", "Connection refused");
  private static final Failure TIMEOUT = new Failure("timeout", "The answer came too late.");

  @Test
  void readyDocumentLacksNothing() {
    assertEquals(Optional.empty(), state(DocumentState.READY, 2L, 1, null, null).why());
  }

  @Test
  void pendingDocumentWaitsForItsTurn() {
    assertWhy(
        "Not begun yet: it was written at 2026-01-02T03:00:00Z and waits for its turn. "
            + "GET /v1/models shows whether its model answers and how much waits.",
        state(DocumentState.PENDING, null, 0, null, null));
  }

  @Test
  void olderFeaturesThatAreServedMeanwhileAreNamed() {
    assertWhy(
        "Not begun yet: it was written at 2026-01-02T03:00:00Z and waits for its turn. "
            + "GET /v1/models shows whether its model answers and how much waits."
            + " Meanwhile the features of version 1 are served.",
        state(DocumentState.PENDING, 1L, 0, null, null));
    assertWhy(
        "A worker has been at it since 2026-01-02T03:04:05Z."
            + " Meanwhile the features of version 1 are served.",
        state(DocumentState.PROCESSING, 1L, 1, null, null));
  }

  @Test
  void lostWorkerIsTold() {
    FeatureState lost =
        new FeatureState(
            "active",
            false,
            2,
            WRITTEN,
            DocumentState.PROCESSING,
            SINCE,
            true,
            null,
            1,
            null,
            null);
    assertWhy(
        "The worker that took it up at 2026-01-02T03:04:05Z ended; it is taken up again by itself.",
        lost);
  }

  @Test
  void busyModelIsNoTryOfTheDocuments() {
    assertWhy(
        "It waits: Connection refused. It is tried again at 2026-01-02T03:05:00Z.",
        state(DocumentState.FAILED, null, 0, UNREACHABLE, DUE));
  }

  @Test
  void failedTryIsCountedAndTheNextOneNamed() {
    assertWhy(
        "After 1 try: The answer came too late. It is tried again at 2026-01-02T03:05:00Z.",
        state(DocumentState.FAILED, null, 1, TIMEOUT, DUE));
    assertWhy(
        "After 3 tries: The answer came too late. It is tried again at 2026-01-02T03:05:00Z.",
        state(DocumentState.FAILED, null, 3, TIMEOUT, DUE));
  }

  @Test
  void whatLacksSomethingWaitsForAPerson() {
    Failure lacking = new Failure("no_chunks", "Its chunks were not brought for version 2.");
    assertWhy(
        "It waits for you: Its chunks were not brought for version 2.",
        state(DocumentState.FAILED, null, 1, lacking, null));
  }

  @Test
  void deadDocumentSaysWhyAndHowToReplayIt() {
    assertWhy(
        "It is dead after 5 tries: The answer came too late."
            + " To try it again, replay its dead letter.",
        state(DocumentState.DEAD, null, 5, TIMEOUT, null));
  }

  @Test
  void skippedDocumentHasNothingToEmbed() {
    Failure noText = new Failure("no_text", "Nothing is left to embed after the split.");
    assertWhy(
        "Nothing is left to embed after the split. So it has no embedding.",
        state(DocumentState.SKIPPED, 2L, 1, noText, null));
  }

  @Test
  void generationThatNobodyWorksOnIsTheReason() {
    assertWhy("Its generation is paused; resume it.", under("building", true));
    assertWhy("Its generation is retired, so nobody works on it.", under("retired", false));
    assertWhy(
        "Not begun yet: it was written at 2026-01-02T03:00:00Z and waits for its turn. "
            + "GET /v1/models shows whether its model answers and how much waits.",
        under("building", false));
  }

  private static FeatureState under(String generation, boolean paused) {
    return new FeatureState(
        generation, paused, 2, WRITTEN, DocumentState.PENDING, null, false, null, 0, null, null);
  }

  private static FeatureState state(
      DocumentState state, Long storedVersion, int attempts, Failure failure, Instant due) {
    return new FeatureState(
        "active", false, 2, WRITTEN, state, SINCE, false, storedVersion, attempts, failure, due);
  }

  private static void assertWhy(String words, FeatureState state) {
    assertEquals(Optional.of(words), state.why());
  }
}
