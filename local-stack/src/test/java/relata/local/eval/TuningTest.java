package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TuningTest {
  private static final List<JudgedQuery> QUERIES =
      Collections.nCopies(20, new JudgedQuery("q", "words", Map.of("a", 1)));

  @Test
  void weightsThatAreSurelyBetterAreTaken() {
    Tuning tuning = tuned(20, weights -> weights.shareOfSemantic() == 0.7);
    assertEquals(new Weights(7, 3), tuning.taken());
    assertTrue(tuning.words().contains("0.6 0.0000, 0.7 1.0000, 0.8 0.0000"), tuning.words());
    assertTrue(tuning.words().endsWith("taken: 0.7"), tuning.words());
  }

  @Test
  void whatIsBetterByChanceIsNot() {
    Tuning tuning = tuned(2, weights -> weights.shareOfSemantic() == 0.7);
    assertEquals(Weights.EQUAL, tuning.taken());
    assertTrue(tuning.p() > 0.01 && tuning.p() < 1, "p " + tuning.p());
  }

  @Test
  void ofEqualsEqualWeightsAreTaken() {
    Tuning tuning = tuned(20, weights -> true);
    assertEquals(Weights.EQUAL, tuning.taken());
    assertEquals(1, tuning.p());
    assertEquals(7, tuning.trials().size());
  }

  /** Some weights find the answer of the first queries. */
  private static Tuning tuned(int found, Predicate<Weights> good) {
    return Tuning.on(
        QUERIES,
        weights ->
            new Rankings(
                "hybrid",
                IntStream.range(0, QUERIES.size())
                    .mapToObj(place -> List.of(good.test(weights) && place < found ? "a" : "x"))
                    .toList()));
  }
}
