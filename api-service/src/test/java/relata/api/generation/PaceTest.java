package relata.api.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration QUICK = Duration.ofMillis(1);

  private final Pace pace =
      new Pace(
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withMapping(GenerationConfig.class)
              .build()
              .getConfigMapping(GenerationConfig.class));

  @Test
  void whatIsNearlyWholeIsLookedAtSoon() {
    pace.looked(1, 3, QUICK, NOW);
    restsFor(Duration.ofSeconds(2));
  }

  @Test
  void whatIsFarFromWholeIsLookedAtWhenItCouldBe() {
    pace.looked(1, 20_000, QUICK, NOW);
    restsFor(Duration.ofSeconds(10));
  }

  @Test
  void noPauseIsLongerThanTheLongest() {
    pace.looked(1, 100_000_000, QUICK, NOW);
    restsFor(Duration.ofSeconds(30));
  }

  @Test
  void looksThatTakeLongAreRare() {
    pace.looked(1, 3, Duration.ofMillis(500), NOW);
    restsFor(Duration.ofSeconds(10));
  }

  @Test
  void whatFailedAndWhatWaitsRestsForAWhile() {
    pace.failed(1, NOW);
    restsFor(Duration.ofSeconds(10));
    pace.rests(1, NOW);
    restsFor(Duration.ofSeconds(30));
  }

  private void restsFor(Duration pause) {
    assertEquals(Set.of(1L), pace.resting(NOW.plus(pause).minusMillis(1)));
    assertEquals(Set.of(), pace.resting(NOW.plus(pause)));
  }
}
