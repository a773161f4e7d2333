package relata.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** An index as it is once users have searched it for a while: with the effort that tuning chose. */
final class TunedIndex {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** With fewer an index is not tuned by itself (relata.tune.min-chunks). */
  private static final int LEAST_CHUNKS = 10_000;

  /** Two looks of the tuner, and a run of a dozen trials. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private TunedIndex() {}

  /**
   * Waits until the index was tuned by what was searched for before, and says with what result. If
   * it is not within some minutes, or is too small to be, searches stay certain, and what is
   * measured is that.
   */
  static void await(LinkedCollection loaded, BenchReport report) throws InterruptedException {
    BenchStack stack = loaded.stack();
    stack.say("Waiting until the index is tuned by those searches.");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode index = index(stack);
    while (mayBeTuned(index) && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
      index = index(stack);
    }
    JsonNode setting = index.path("setting");
    report.figure(
        "http.recall",
        setting.path("recall").path("lower").asDouble(),
        "share",
        new Bar.AtLeast(0.95));
    report.remark("effort of searches: " + setting.path("effort"));
  }

  private static boolean mayBeTuned(JsonNode index) {
    // Of one that is not in memory yet it is not known how large it is.
    boolean isSmall =
        index.path("loaded").asBoolean() && index.path("chunks").asInt() < LEAST_CHUNKS;
    return index.at("/setting/effort/certain").asBoolean() && !isSmall;
  }

  private static JsonNode index(BenchStack stack) {
    return stack.client().index(LinkedCollection.NAME);
  }
}
