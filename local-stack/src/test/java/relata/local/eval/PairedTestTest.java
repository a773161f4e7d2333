package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedTestTest {
  @Test
  void whatIsEqualIsNotSignificant() {
    double[] values = {0.1, 0.5, 0.9};
    assertEquals(new PairedTest(0, 0, 0, 1), PairedTest.of(values, values));
  }

  @Test
  void theChanceIsThatOfAllSwaps() {
    // Of the 8 swaps of three equal differences 2 reach the mean; of 1024 of ten, 2.
    assertEquals(0.25, PairedTest.of(new double[] {1, 1, 1}, new double[3]).p(), 0.01);
    double[] ten = new double[10];
    Arrays.fill(ten, 1);
    assertEquals(2 / 1024.0, PairedTest.of(ten, new double[10]).p(), 0.001);
  }

  @Test
  void worseIsAsSignificantAsBetter() {
    double[] low = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
    double[] high = {0.3, 0.3, 0.5, 0.6, 0.5, 0.9};
    PairedTest better = PairedTest.of(high, low);
    PairedTest worse = PairedTest.of(low, high);
    assertEquals(better.p(), worse.p());
    assertEquals(-better.mean(), worse.mean(), 1e-12);
  }

  @Test
  void theIntervalHoldsTheMeanAndLiesWithinTheDifferences() {
    double[] one = {0.9, 0.2, 0.7, 0.4, 0.8, 0.5};
    double[] other = {0.1, 0.3, 0.5, 0.4, 0.2, 0.1};
    PairedTest test = PairedTest.of(one, other);
    assertEquals(1.9 / 6, test.mean(), 1e-12);
    assertTrue(test.low() < test.mean() && test.mean() < test.high(), test.toString());
    assertTrue(test.low() > -0.1 && test.high() < 0.8, test.toString());
  }

  @Test
  void theSameValuesGiveTheSameAnswer() {
    double[] one = {0.9, 0.2, 0.7, 0.4};
    double[] other = {0.1, 0.3, 0.5, 0.4};
    assertEquals(PairedTest.of(one, other), PairedTest.of(one, other));
  }

  @Test
  void valuesOfOtherQueriesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(new double[2], new double[3]));
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(new double[0], new double[0]));
  }
}
