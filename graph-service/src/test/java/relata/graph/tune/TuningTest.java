package relata.graph.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.graph.tune.Decision.Kept;
import relata.graph.tune.Decision.Promoted;
import relata.graph.tune.Decision.Reason;
import relata.graph.tune.Tuning.Seeks;
import relata.graph.vector.Effort;

class TuningTest {
  private static final Grid GRID = Grid.of(64, 10_000, 10);
  private static final Terms TERMS = new Terms(0.95, 0.1, 0.01, 30);

  private final List<Trial> journal = new ArrayList<>();
  private final List<Recall> fallen = new ArrayList<>();

  /** Lists and comparisons beyond so many find everything, fewer lose in proportion. */
  private static double recall(Effort effort) {
    return Math.min(1, effort.probes() / 8.0) * Math.min(1, effort.depth() / 128.0);
  }

  private static long nanos(Effort effort) {
    return 10_000L * Math.min(64, effort.probes()) + 100L * Math.min(10_000, effort.depth());
  }

  private Decision run(Queries queries, Terms terms, Effort current, long seed) {
    Trials asked = new AskedTrials(queries, seed);
    Trials journaled =
        new Trials() {
          @Override
          public int queries() {
            return asked.queries();
          }

          @Override
          public Trial run(Trial.Purpose purpose, Effort effort, Effort before, double bar) {
            journal.add(asked.run(purpose, effort, before, bar));
            return journal.getLast();
          }
        };
    return new Tuning(terms, GRID, journaled, seed).run(current, Seeks.ALWAYS, fallen::add);
  }

  @Test
  void theCheapestThatHoldsIsPromoted() {
    Decision decision =
        run(new FakeIndex(300, TuningTest::recall, TuningTest::nanos), TERMS, Effort.CERTAIN, 1);
    Promoted promoted = assertInstanceOf(Promoted.class, decision);
    assertEquals(new Effort(8, 128), promoted.effort());
    assertEquals(1, promoted.recall().mean());
    assertTrue(promoted.recall().lower() >= 0.95, promoted.toString());
    assertTrue(promoted.ratio() < 0.2 && promoted.chance() <= 0.01, promoted.toString());
  }

  @Test
  void moreListsWithFewerComparisonsAreTriedToo() {
    // With 8 lists it takes 4096 comparisons, with 16 no more than 64.
    FakeIndex index =
        new FakeIndex(
            300,
            effort ->
                effort.probes() < 8
                    ? 0.5
                    : Math.min(1, effort.depth() / (effort.probes() < 16 ? 4096.0 : 64.0)),
            effort ->
                1_000L * Math.min(64, effort.probes()) + 100L * Math.min(10_000, effort.depth()));
    Promoted promoted = assertInstanceOf(Promoted.class, run(index, TERMS, Effort.CERTAIN, 1));
    assertEquals(new Effort(16, 64), promoted.effort());
  }

  @Test
  void nothingIsPromotedThatDoesNotHoldTheBar() {
    for (double truth : new double[] {0.5, 0.9, 0.95, 0.96}) {
      journal.clear();
      FakeIndex index =
          new FakeIndex(
              300, effort -> effort.equals(Effort.CERTAIN) ? 1 : truth, TuningTest::nanos);
      // Even 0.96 is not shown by 300 queries to be above 0.95.
      assertEquals(new Kept(Reason.NOTHING_HOLDS), run(index, TERMS, Effort.CERTAIN, 3));
      assertTrue(journal.stream().noneMatch(trial -> trial.holds(TERMS.bar())));
    }
  }

  @Test
  void whatCannotHoldAnyMoreIsNotAskedToTheEnd() {
    FakeIndex index =
        new FakeIndex(300, effort -> effort.equals(Effort.CERTAIN) ? 1 : 0.2, TuningTest::nanos);
    run(index, TERMS, Effort.CERTAIN, 3);
    assertTrue(journal.stream().allMatch(trial -> trial.recalls().length < 20));
  }

  @Test
  void aGainThatIsNotSignificantIsNotWorthAChange() {
    FakeIndex index = new FakeIndex(300, TuningTest::recall, effort -> 100_000);
    assertEquals(new Kept(Reason.NO_GAIN), run(index, TERMS, Effort.CERTAIN, 5));
    assertEquals(Trial.Purpose.CONFIRM, journal.getLast().purpose());
    // Half as dear is a gain, but not of two thirds.
    FakeIndex half =
        new FakeIndex(
            300, TuningTest::recall, effort -> effort.equals(Effort.CERTAIN) ? 200_000 : 100_000);
    assertEquals(
        new Kept(Reason.NO_GAIN), run(half, new Terms(0.95, 0.67, 0.01, 30), Effort.CERTAIN, 5));
    assertInstanceOf(Promoted.class, run(half, TERMS, Effort.CERTAIN, 5));
  }

  @Test
  void tooFewQueriesShowNothing() {
    FakeIndex index = new FakeIndex(51, TuningTest::recall, TuningTest::nanos);
    assertEquals(new Kept(Reason.TOO_FEW_QUERIES), run(index, TERMS, Effort.CERTAIN, 1));
    assertEquals(List.of(), index.asked);
    FakeIndex enough = new FakeIndex(52, TuningTest::recall, TuningTest::nanos);
    assertInstanceOf(Promoted.class, run(enough, TERMS, Effort.CERTAIN, 1));
  }

  @Test
  void aBarOfOneIsCertainty() {
    FakeIndex index = new FakeIndex(100_000, effort -> 1, TuningTest::nanos);
    assertEquals(
        new Kept(Reason.TOO_FEW_QUERIES),
        run(index, new Terms(1, 0.1, 0.01, 30), Effort.CERTAIN, 1));
  }

  @Test
  void whatServesAndDoesNotHoldFallsBeforeAnythingElseIsTried() {
    FakeIndex index = new FakeIndex(300, TuningTest::recall, TuningTest::nanos);
    Promoted promoted = assertInstanceOf(Promoted.class, run(index, TERMS, new Effort(4, 128), 1));
    assertEquals(new Effort(8, 128), promoted.effort());
    assertEquals(1, fallen.size());
    assertTrue(fallen.getFirst().mean() < 0.6, fallen.toString());
    assertEquals(Trial.Purpose.CHECK, journal.getFirst().purpose());
    assertTrue(journal.stream().skip(1).allMatch(t -> t.current().equals(Effort.CERTAIN)));
  }

  @Test
  void whatServesAndHoldsStaysWhenNothingIsCheaper() {
    FakeIndex index = new FakeIndex(300, TuningTest::recall, TuningTest::nanos);
    assertEquals(new Kept(Reason.NO_GAIN), run(index, TERMS, new Effort(8, 128), 1));
    assertEquals(List.of(), fallen);
  }

  private Decision check(Effort current, Seeks seeks) {
    Trials trials = new AskedTrials(new FakeIndex(300, TuningTest::recall, TuningTest::nanos), 1);
    return new Tuning(TERMS, GRID, trials, 1).run(current, seeks, fallen::add);
  }

  @Test
  void aCheckLooksAtNothingElseUnlessWhatServesFell() {
    assertEquals(new Kept(Reason.CHECKED), check(new Effort(16, 256), Seeks.AFTER_FALL));
    assertEquals(0, fallen.size());
    assertEquals(new Kept(Reason.CHECKED), check(new Effort(8, 64), Seeks.NEVER));
    assertEquals(1, fallen.size());
    assertInstanceOf(Promoted.class, check(new Effort(8, 64), Seeks.AFTER_FALL));
    assertEquals(2, fallen.size());
  }

  @Test
  void noMoreTrialsAreMadeThanMayBe() {
    FakeIndex index = new FakeIndex(300, TuningTest::recall, TuningTest::nanos);
    for (int trials = 0; trials < 12; trials++) {
      journal.clear();
      Decision decision = run(index, new Terms(0.95, 0.1, 0.01, trials), Effort.CERTAIN, 1);
      assertTrue(journal.size() <= trials, journal.size() + " of " + trials);
      if (decision instanceof Promoted promoted) {
        assertTrue(recall(promoted.effort()) >= 0.95, promoted.toString());
        assertEquals(Trial.Purpose.CONFIRM, journal.getLast().purpose());
      }
    }
  }

  @Test
  void theSameSeedOnTheSameIndexDoesTheSame() {
    Decision first =
        run(new FakeIndex(300, TuningTest::recall, TuningTest::nanos), TERMS, Effort.CERTAIN, 42);
    List<Trial> trials = List.copyOf(journal);
    journal.clear();
    assertEquals(
        first,
        run(new FakeIndex(300, TuningTest::recall, TuningTest::nanos), TERMS, Effort.CERTAIN, 42));
    assertEquals(trials.size(), journal.size());
    for (int i = 0; i < trials.size(); i++) {
      assertEquals(trials.get(i).effort(), journal.get(i).effort());
      assertEquals(trials.get(i).recall(), journal.get(i).recall());
      assertEquals(trials.get(i).ratio(), journal.get(i).ratio());
    }
  }

  @Test
  void aRunIsPlayedAgainFromItsJournal() {
    FakeIndex index = new FakeIndex(300, TuningTest::recall, TuningTest::nanos);
    Decision first = run(index, TERMS, new Effort(4, 128), 42);
    JournaledTrials played = new JournaledTrials(journal, 300);
    assertEquals(
        first,
        new Tuning(TERMS, GRID, played, 42).run(new Effort(4, 128), Seeks.ALWAYS, fallen::add));
    assertTrue(played.isEmpty());
    assertEquals(2, fallen.size());
    assertThrows(
        IllegalStateException.class,
        () ->
            new Tuning(TERMS, GRID, new JournaledTrials(journal, 300), 42)
                .run(Effort.CERTAIN, Seeks.ALWAYS, fallen::add));
  }

  @Test
  void theGridGoesFromAllToWhatCanStillFindTheWanted() {
    assertEquals(List.of(Effort.ALL, 12, 8, 6, 4, 3, 2, 1), Grid.of(16, 100, 10).probes());
    assertEquals(List.of(Effort.ALL, 96, 64, 48, 32, 24, 16, 12), Grid.of(16, 100, 10).depths());
    assertEquals(List.of(Effort.ALL), Grid.of(1, 100, 10).probes());
    assertEquals(List.of(Effort.ALL), Grid.of(1, 5, 10).depths());
  }
}
