package relata.graph.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastEffortTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "10, 300"})
  void theLeastThatIsEnoughIsFound(int first, int most) {
    for (int needed = first; needed <= most; needed++) {
      int least = needed;
      assertEquals(needed, LeastEffort.of(first, most, effort -> effort >= least));
    }
  }

  @Test
  void ifNoneIsEnoughItIsTheMost() {
    assertEquals(300, LeastEffort.of(10, 300, effort -> false));
  }
}
