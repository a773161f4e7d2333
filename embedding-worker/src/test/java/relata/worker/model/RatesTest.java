package relata.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final Rates rates = new Rates(10);

  @Test
  void aModelThatWasNeverAskedHasNone() {
    assertEquals(Rates.Rate.UNKNOWN, rates.of("a"));
  }

  @Test
  void itIsWhatACallDoesInASecond() {
    rates.add("a", new CallSize(32, 3200), Duration.ofMillis(500));
    assertEquals(new Rates.Rate(64, 6400), rates.of("a"));
    rates.add("b", new CallSize(1, 10), Duration.ofSeconds(1));
    assertEquals(new Rates.Rate(64, 6400), rates.of("a"));
  }

  @Test
  void oldCallsCountForLessAndLess() {
    rates.add("a", new CallSize(64, 6400), Duration.ofSeconds(1));
    for (int i = 0; i < 50; i++) {
      rates.add("a", new CallSize(16, 1600), Duration.ofSeconds(1));
    }
    assertTrue(rates.of("a").tokens() < 1700);
  }
}
