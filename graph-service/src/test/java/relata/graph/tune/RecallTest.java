package relata.graph.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import relata.graph.tune.Queries.Answer;

class RecallTest {
  @Test
  void theBoundIsWilsons() {
    double bound = Recall.lower(0.8, 100);
    // It is the rate of which 80 of 100 lie as far above as a sample does once in twenty times.
    assertEquals(1.6449, (0.8 - bound) / Math.sqrt(bound * (1 - bound) / 100), 1e-4);
    assertTrue(bound < 0.8);
    assertEquals(0.0, Recall.lower(0, 10), 1e-12);
    assertEquals(0, Recall.of(new double[0]).lower());
  }

  @Test
  void perfectAnswersOfFewQueriesShowLittle() {
    for (double bar : new double[] {0.5, 0.9, 0.95, 0.98, 0.99}) {
      int enough = (int) Recall.queriesFor(bar);
      assertTrue(Recall.lower(1, enough) >= bar, bar + " by " + enough);
      assertTrue(Recall.lower(1, enough - 1) < bar, bar + " by " + (enough - 1));
    }
    assertEquals(52, Recall.queriesFor(0.95));
    assertEquals(Long.MAX_VALUE, Recall.queriesFor(1));
  }

  @Test
  void theTruthIsSeldomBelowTheBound() {
    SplittableRandom random = new SplittableRandom(5);
    int below = 0;
    for (int sample = 0; sample < 2_000; sample++) {
      double[] recalls = new double[200];
      // Nine of ten queries find all, the others half: 0.95 on average.
      Arrays.setAll(recalls, i -> random.nextInt(10) == 0 ? 0.5 : 1);
      below += Recall.of(recalls).lower() > 0.95 ? 1 : 0;
    }
    assertTrue(below <= 100, below + " of 2000");
  }

  @Test
  void aDocumentAsSimilarAsTheLastIsAsRight() {
    Answer right = new Answer(1, new double[] {0.9, 0.8, 0.8});
    assertEquals(1, new Answer(1, new double[] {0.9, 0.8, 0.8}).recall(right));
    assertEquals(2.0 / 3, new Answer(1, new double[] {0.9, 0.8, 0.7}).recall(right));
    assertEquals(1.0 / 3, new Answer(1, new double[] {0.8}).recall(right));
    assertEquals(0, new Answer(1, new double[0]).recall(right));
    assertEquals(1, new Answer(1, new double[0]).recall(new Answer(1, new double[0])));
    // One that was put meanwhile is not held against the others.
    assertEquals(1, new Answer(1, new double[] {0.95, 0.9, 0.8, 0.8}).recall(right));
  }
}
