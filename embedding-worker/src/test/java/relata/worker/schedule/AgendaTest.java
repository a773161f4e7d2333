package relata.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

class AgendaTest extends AgendaSituation {
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
}
