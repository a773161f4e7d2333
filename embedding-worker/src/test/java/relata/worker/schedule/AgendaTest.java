package relata.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

class AgendaTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long GATHERING = SECOND / 20;

  private final Map<String, ModelState> models = new HashMap<>();
  private final Served one = new Served(1, 10, true, List.of("a"));
  private final Served two = new Served(2, 20, true, List.of("a"));
  private final Served other = new Served(3, 30, true, List.of("b"));
  private long now = 7 * SECOND;
  private Agenda agenda = agenda(3);

  @Test
  void changesGoBeforeABackfill() {
    offer(one, Lane.BACKFILL, 1, 2);
    offer(two, Lane.LIVE, 3);
    assertEquals(List.of(3L), ids(agenda.next(now)));
    assertEquals(List.of(1L, 2L), ids(agenda.next(now)));
  }

  @Test
  void aBackfillThatWasNotLetInForLongGetsASlot() {
    offer(one, Lane.BACKFILL, 1);
    offer(two, Lane.LIVE, 2);
    assertEquals(List.of(2L), ids(agenda.next(now)));
    offer(two, Lane.LIVE, 3);
    now += 5 * SECOND;
    assertEquals(List.of(1L), ids(agenda.next(now)));
  }

  @Test
  void generationsTakeTurnsHoweverMuchEachHas() {
    offer(one, Lane.LIVE, LongStream.rangeClosed(1, 9).toArray());
    offer(two, Lane.LIVE, 100);
    Started first = agenda.next(now).orElseThrow();
    assertEquals(one, first.generation());
    assertEquals(two, agenda.next(now).orElseThrow().generation());
  }

  @Test
  void theLastSlotIsForAGenerationThatHoldsNone() {
    offer(one, Lane.LIVE, LongStream.rangeClosed(1, 9).toArray());
    start();
    start();
    assertEquals(Optional.empty(), agenda.next(now));
    offer(two, Lane.LIVE, 100);
    assertEquals(List.of(100L), ids(agenda.next(now)));
  }

  @Test
  void aBackfillDoesNotKeepTheLastSlotFromItsOwnGenerationsChanges() {
    offer(one, Lane.BACKFILL, LongStream.rangeClosed(1, 9).toArray());
    start();
    start();
    offer(one, Lane.LIVE, 100);
    assertEquals(List.of(100L), ids(agenda.next(now)));
  }

  @Test
  void whereManyWaitABatchIsLarger() {
    agenda = agenda(1);
    offer(one, Lane.LIVE, LongStream.rangeClosed(1, 4).toArray());
    assertEquals(4, ids(agenda.next(now)).size());
  }

  @Test
  void changesThatComeFastGoTogether() {
    stream();
    offer(one, Lane.LIVE, 5, 6, 7);
    offer(two, Lane.LIVE, 20);
    assertEquals(List.of(20L), ids(agenda.next(now)), "another's changes wait for nothing");
    assertEquals(Optional.empty(), agenda.next(now));
    now += GATHERING;
    assertEquals(List.of(5L, 6L, 7L), ids(agenda.next(now)));
  }

  @Test
  void noMoreChangesGatherThanGoTogether() {
    stream();
    offer(one, Lane.LIVE, 5, 6, 7, 8);
    assertEquals(List.of(5L, 6L, 7L, 8L), ids(agenda.next(now)));
  }

  @Test
  void changesThatComeSinglyWaitForNothing() {
    for (int number = 1; number < 9; number++) {
      offer(one, Lane.LIVE, number);
      Started batch = agenda.next(now).orElseThrow();
      assertEquals(List.of((long) number), List.copyOf(batch.documents().keySet()));
      agenda.finish(batch, true, now);
      now += GATHERING / 2;
    }
  }

  @Test
  void changesWaitForNothingOnceTheyComeSlowly() {
    stream();
    offer(one, Lane.LIVE, 5);
    now += GATHERING;
    agenda.finish(agenda.next(now).orElseThrow(), true, now);
    offer(one, Lane.LIVE, 6);
    assertEquals(List.of(6L), ids(agenda.next(now)));
  }

  @Test
  void itIsKnownWhenChangesHaveGathered() {
    assertEquals(Long.MAX_VALUE, agenda.untilGathered(now));
    stream();
    assertEquals(GATHERING, agenda.untilGathered(now));
    assertEquals(GATHERING / 2, agenda.untilGathered(now + GATHERING / 2));
    assertEquals(Long.MAX_VALUE, agenda.untilGathered(now + GATHERING));
  }

  @Test
  void whereBatchesTakeLongChangesDoNotGather() {
    agenda = agenda(5);
    offer(one, Lane.LIVE, 1, 2);
    Started slow = agenda.next(now).orElseThrow();
    offer(one, Lane.LIVE, 3, 4);
    assertEquals(List.of(3L, 4L), ids(agenda.next(now)), "nobody knows yet how long they take");
    now += GATHERING;
    agenda.finish(slow, true, now);
    offer(one, Lane.LIVE, 5, 6, 7, 8);
    assertEquals(List.of(5L, 6L), ids(agenda.next(now)));
    assertEquals(List.of(7L, 8L), ids(agenda.next(now)), "beside the others");
  }

  @Test
  void changesThatGatherDoNotKeepAGenerationThatIsBuiltWaiting() {
    Served building = new Served(1, 11, false, List.of("a"));
    stream();
    offer(one, Lane.LIVE, 5);
    offer(building, Lane.BACKFILL, 1);
    assertEquals(building, agenda.next(now).orElseThrow().generation());
  }

  /** Two batches that are soon over and follow each other fast. */
  private void stream() {
    for (int first : List.of(1, 3)) {
      now += GATHERING / 4;
      offer(one, Lane.LIVE, first, first + 1);
      agenda.finish(agenda.next(now).orElseThrow(), true, now);
    }
  }

  @Test
  void aGenerationWhoseModelIsLeftAloneIsPassedOver() {
    models.put("a", ModelState.OPEN);
    offer(one, Lane.LIVE, 1);
    offer(other, Lane.LIVE, 2);
    assertEquals(List.of(2L), ids(agenda.next(now)));
    assertEquals(Optional.empty(), agenda.next(now));
    models.put("a", ModelState.CLOSED);
    assertEquals(List.of(1L), ids(agenda.next(now)));
  }

  @Test
  void oneBatchFindsOutWhetherAModelAnswersAgain() {
    models.put("a", ModelState.PROBED);
    offer(one, Lane.LIVE, 1);
    offer(two, Lane.LIVE, 2);
    Started probe = agenda.next(now).orElseThrow();
    assertEquals(Optional.empty(), agenda.next(now));
    agenda.finish(probe, true, now);
    assertEquals(List.of(2L), ids(agenda.next(now)));
  }

  @Test
  void batchesThatHangKeepNoOtherModelOut() {
    List<Served> hanging = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hanging.add(new Served(100 + i, 200 + i, true, List.of("a")));
      offer(hanging.get(i), Lane.LIVE, i);
    }
    offer(other, Lane.LIVE, 12);
    for (int i = 0; i < 3; i++) {
      start();
    }
    assertEquals(Optional.empty(), agenda.next(now));
    now += 5 * SECOND;
    assertEquals(List.of(12L), ids(agenda.next(now)));
    assertEquals(Optional.empty(), agenda.next(now), "its model hangs");
  }

  @Test
  void whatHasNoRoomIsRefusedAndItsGenerationIsBehind() {
    assertTrue(offer(one, Lane.LIVE, LongStream.rangeClosed(1, 10).toArray()));
    assertEquals(0, agenda.behind());
    assertFalse(offer(one, Lane.LIVE, 11));
    assertEquals(1, agenda.behind());
    assertEquals(10, agenda.queued(Lane.LIVE));
  }

  @Test
  void allQueuesTogetherAreBounded() {
    offer(one, Lane.LIVE, LongStream.rangeClosed(1, 10).toArray());
    offer(two, Lane.LIVE, LongStream.rangeClosed(11, 20).toArray());
    assertFalse(offer(other, Lane.LIVE, 21, 22, 23));
    assertEquals(22, agenda.queued(Lane.LIVE), "each may have as many as are in a batch");
    start();
    start();
    assertTrue(offer(other, Lane.LIVE, 23));
  }

  @Test
  void aDocumentThatIsNamedAgainWaitsOnceAndItsLaterEventIsOver() {
    Told first = new Told();
    Told second = new Told();
    agenda.offer(one, Lane.LIVE, 1, first);
    agenda.offer(one, Lane.LIVE, 1, second);
    assertEquals(1, agenda.queued(Lane.LIVE));
    assertEquals(0, first.done);
    assertEquals(1, second.done);
  }

  @Test
  void aGenerationThatIsBehindIsFilledPageByPageUntilAPassFindsNothing() {
    agenda.behind(one);
    fill(List.of(1L, 2L, 3L), false);
    fill(List.of(4L), true);
    assertEquals(Optional.empty(), agenda.nextLook(now), "what was found is settled first");
    Started batch = agenda.next(now).orElseThrow();
    assertEquals(Optional.empty(), agenda.nextLook(now));
    agenda.finish(batch, true, now);
    assertEquals(Optional.empty(), agenda.nextLook(now), "not at once");
    now += SECOND;
    fill(List.of(), true);
    assertEquals(0, agenda.behind());
    assertEquals(Optional.empty(), agenda.nextLook(now + SECOND));
  }

  @Test
  void changesThatNeverCeaseDoNotLeaveBehindWhatHadNoRoom() {
    agenda.behind(one);
    fill(List.of(1L), true);
    start();
    offer(one, Lane.LIVE, 2);
    now += SECOND;
    assertEquals(Optional.empty(), agenda.nextLook(now));
    now += 5 * SECOND;
    assertEquals(one, agenda.nextLook(now).orElseThrow().generation());
  }

  @Test
  void generationsThatAreBehindTakeTurnsPageByPage() {
    agenda.behind(one);
    agenda.behind(two);
    Look first = agenda.nextLook(now).orElseThrow();
    assertEquals(one, first.generation());
    agenda.fill(first, new StalePage(List.of(), StalePage.START, false), now);
    assertEquals(two, agenda.nextLook(now).orElseThrow().generation());
  }

  @Test
  void aGenerationWhoseStaleDocumentsAreNotFoundKeepsNoOtherWaiting() {
    agenda.behind(one);
    agenda.behind(two);
    Look first = agenda.nextLook(now).orElseThrow();
    assertEquals(one, first.generation());
    agenda.breakOff(first, now);
    assertEquals(1 + 1, agenda.behind());
    now += SECOND;
    assertEquals(two, agenda.nextLook(now).orElseThrow().generation());
    assertEquals(one, agenda.nextLook(now).orElseThrow().generation());
  }

  @Test
  void aReasonThatComesDuringAPassIsNotAnsweredByIt() {
    agenda.behind(one);
    Look look = agenda.nextLook(now).orElseThrow();
    agenda.behind(one);
    agenda.fill(look, new StalePage(List.of(), StalePage.START, true), now);
    assertEquals(1, agenda.behind());
    now += SECOND;
    fill(List.of(), true);
    assertEquals(0, agenda.behind());
  }

  @Test
  void whatIsQueuedOrInWorkIsNotQueuedAgain() {
    offer(one, Lane.LIVE, 1, 2, 3);
    Started batch = agenda.next(now).orElseThrow();
    assertEquals(List.of(1L, 2L), List.copyOf(batch.documents().keySet()));
    agenda.behind(one);
    fill(List.of(1L, 2L, 3L, 4L), false);
    assertEquals(1, agenda.queued(Lane.BACKFILL));
  }

  @Test
  void aGenerationThatIsBuiltWaitsForItsActiveSibling() {
    Served building = new Served(1, 11, false, List.of("a"));
    agenda.behind(building);
    offer(building, Lane.BACKFILL, 1);
    offer(one, Lane.BACKFILL, 1);
    Started active = agenda.next(now).orElseThrow();
    assertEquals(one, active.generation());
    assertEquals(building, agenda.next(now).orElseThrow().generation());
    agenda.behind(one);
    assertEquals(one, agenda.nextLook(now).orElseThrow().generation());
    offer(building, Lane.BACKFILL, 2);
    assertEquals(Optional.empty(), agenda.next(now));
  }

  @Test
  void aDocumentThatIsDueGoesBeforeTheBacklog() {
    offer(one, Lane.BACKFILL, 1, 2, 3, 4, 5);
    agenda.due(one, 9);
    assertEquals(9L, ids(agenda.next(now)).getFirst());
  }

  @Test
  void aBatchThatBrokeOffIsFoundAgain() {
    offer(one, Lane.LIVE, 1);
    agenda.finish(agenda.next(now).orElseThrow(), false, now);
    assertEquals(1, agenda.behind());
  }

  private void fill(List<Long> ids, boolean last) {
    Look look = agenda.nextLook(now).orElseThrow();
    StalePage.Position end =
        ids.isEmpty()
            ? StalePage.START
            : new StalePage.Position(
                OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), ids.getLast());
    agenda.fill(look, new StalePage(ids, end, last), now);
  }

  private boolean offer(Served generation, Lane lane, long... ids) {
    boolean all = true;
    for (long id : ids) {
      all &= agenda.offer(generation, lane, id, new Told());
    }
    return all;
  }

  private void start() {
    assertTrue(agenda.next(now).isPresent());
  }

  private static List<Long> ids(Optional<Started> batch) {
    return new ArrayList<>(batch.orElseThrow().documents().keySet());
  }

  private Agenda agenda(int slots) {
    AgendaLimits limits =
        new AgendaLimits(
            slots,
            Duration.ofSeconds(5),
            2,
            Duration.ofMillis(50),
            4,
            10,
            20,
            10,
            Duration.ofMillis(200));
    return new Agenda(limits, this::state);
  }

  private ModelState state(Served generation) {
    return models.getOrDefault(generation.models().getFirst(), ModelState.CLOSED);
  }

  private static final class Told implements Receipt {
    private int done;

    @Override
    public void done() {
      done++;
    }

    @Override
    public void failed() {
      throw new IllegalStateException("Nothing failed.");
    }
  }
}
