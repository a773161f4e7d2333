package relata.graph.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GainTest {
  private final SplittableRandom random = new SplittableRandom(11);

  private long[] times(int count, double mean) {
    long[] times = new long[count];
    Arrays.setAll(times, i -> (long) (mean * (0.5 + random.nextDouble())));
    return times;
  }

  @Test
  void theRatioIsThatOfTheQueriesAndNotOfTheSlowest() {
    assertEquals(0.5, Gain.ratio(new long[] {50, 500}, new long[] {100, 1000}), 1e-9);
    assertEquals(1, Gain.ratio(new long[] {50, 2000}, new long[] {100, 1000}), 1e-9);
    assertEquals(1, Gain.ratio(new long[] {0}, new long[] {0}), 1e-9);
  }

  @Test
  void aRealGainIsSeenAndNoneIsNot() {
    long[] current = times(200, 1e6);
    assertTrue(Gain.chance(times(200, 7e5), current, 0.9, 1) < 0.001);
    assertTrue(Gain.chance(times(200, 1e6), current, 0.9, 1) > 0.5);
  }

  @Test
  void aGainAtTheMarginPassesAsSeldomAsIsSaid() {
    int passed = 0;
    for (int i = 0; i < 400; i++) {
      long[] current = times(60, 1e6);
      passed += Gain.chance(times(60, 9e5), current, 0.9, i) <= 0.05 ? 1 : 0;
    }
    assertTrue(passed <= 36, passed + " of 400");
  }
}
