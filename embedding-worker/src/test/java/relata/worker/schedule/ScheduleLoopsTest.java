package relata.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;
import relata.worker.loop.Loop;
import relata.worker.pipeline.Batch;

/** The two loops of the schedule, and what they survive. */
class ScheduleLoopsTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Served generation = new Served(1, 10, true, List.of("a"));
  private final AgendaLimits limits =
      new AgendaLimits(
          1, Duration.ofSeconds(5), 2, Duration.ofMillis(50), 4, 10, 20, 10, Duration.ofMillis(1));
  private final AtomicInteger failures = new AtomicInteger(3);
  private final List<Batch> done = new CopyOnWriteArrayList<>();
  private final List<Loop> loops = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Loop loop : loops) {
      loop.stop();
      loop.join();
    }
  }

  @Test
  void anErrorInTheRulesEndsNoLoop() {
    SharedAgenda agenda =
        agenda(
            _ -> {
              fail();
              return ModelState.CLOSED;
            });
    start(new Starting(agenda, done::add)::turn);
    agenda.offer(all -> all.offer(generation, Lane.LIVE, 7, Receipt.NONE));
    await().until(() -> done.size() == 1);
    assertEquals(List.of(7L), done.getFirst().documentIds());
  }

  @Test
  void aBatchThatGotNoThreadGivesItsSlotBackAndComesAgain() {
    SharedAgenda agenda = agenda(_ -> ModelState.CLOSED);
    CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();
    ThreadFactory few =
        task -> {
          fail();
          return Thread.ofVirtual().unstarted(task);
        };
    start(new Starting(agenda, done::add, few)::turn);
    start(new Filling(agenda, (_, _, _) -> page(7))::turn);
    agenda.offer(all -> all.offer(generation, Lane.LIVE, 7, telling(told)));
    await().until(() -> done.size() >= 1);
    assertEquals(List.of("failed"), told);
    assertEquals(List.of(7L), done.getFirst().documentIds());
  }

  @Test
  void anErrorInALookEndsNoLoop() {
    SharedAgenda agenda = agenda(_ -> ModelState.CLOSED);
    start(new Starting(agenda, done::add)::turn);
    start(
        new Filling(
                agenda,
                (_, _, _) -> {
                  fail();
                  return page(7);
                })
            ::turn);
    agenda.change(all -> all.behind(generation));
    await().until(() -> !done.isEmpty());
    assertEquals(List.of(7L), done.getFirst().documentIds());
  }

  private void fail() {
    switch (failures.getAndDecrement()) {
      case 3 -> throw new IllegalStateException("a bug");
      case 2 -> throw new StackOverflowError("too deep");
      case 1 -> throw new AssertionError("impossible");
      default -> {}
    }
  }

  private void start(Loop.Step step) {
    Loop loop = new Loop("test", "nothing done", PAUSE, step);
    loops.add(loop);
    loop.start();
  }

  private SharedAgenda agenda(Function<Served, ModelState> models) {
    return new SharedAgenda(new Agenda(limits, models), limits, PAUSE);
  }

  private static StalePage page(long id) {
    return new StalePage(List.of(id), StalePage.START, true);
  }

  private static Receipt telling(List<String> told) {
    return new Receipt() {
      @Override
      public void done() {
        told.add("done");
      }

      @Override
      public void failed() {
        told.add("failed");
      }
    };
  }
}
