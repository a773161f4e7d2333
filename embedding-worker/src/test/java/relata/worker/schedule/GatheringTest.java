package relata.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

class GatheringTest extends AgendaSituation {
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
    assertEquals(List.of(7L, 8L), ids(afterABatchOf(5 * GATHERING)), "beside the others");
  }

  @Test
  void whereBatchesWaitForAProcessorChangesGather() {
    assertEquals(Optional.empty(), afterABatchOf(4 * GATHERING));
  }

  /** Changes come fast when a batch is over that took so long: what is started next. */
  private Optional<Started> afterABatchOf(long time) {
    agenda = agenda(5);
    offer(one, Lane.LIVE, 1, 2);
    Started batch = agenda.next(now).orElseThrow();
    now += time;
    offer(one, Lane.LIVE, 3, 4);
    assertEquals(List.of(3L, 4L), ids(agenda.next(now)), "nobody knows yet how long they take");
    agenda.finish(batch, true, now);
    now += GATHERING / 4;
    offer(one, Lane.LIVE, 5, 6);
    assertEquals(List.of(5L, 6L), ids(agenda.next(now)));
    offer(one, Lane.LIVE, 7, 8);
    return agenda.next(now);
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
}
