package relata.worker.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Turn LIVE = new Turn(Lane.LIVE, 1);
  private final Gate gate =
      new Gate(new GateLimits(1, Duration.ofMillis(200), Duration.ofMillis(1)));
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    held.countDown();
  }

  @Test
  void aCallWaitsForThePermitOfAnother() throws Exception {
    FutureTask<String> first = hold("a");
    FutureTask<String> second = start(() -> gate.call(LIVE, "a", () -> "second"));
    await().until(() -> calls().equals(new LaneCalls(Lane.LIVE, 1, 1)));
    assertFalse(second.isDone());
    held.countDown();
    assertEquals("held", first.get());
    assertEquals("second", second.get());
    assertEquals(new LaneCalls(Lane.LIVE, 0, 0), calls());
  }

  @Test
  void aCallThatFailsGivesItsPermitBack() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            gate.call(
                LIVE,
                "a",
                () -> {
                  throw new IllegalStateException("no");
                }));
    assertEquals("next", gate.call(LIVE, "a", () -> "next"));
  }

  @Test
  void whoeverIsInterruptedWhileWaitingBeginsNothingAndHoldsNothing() throws Exception {
    FutureTask<String> first = hold("a");
    AtomicBoolean begun = new AtomicBoolean();
    FutureTask<Boolean> waiting =
        new FutureTask<>(
            () ->
                gate.call(
                    LIVE,
                    "a",
                    () -> {
                      begun.set(true);
                      return true;
                    }));
    Thread thread = Thread.ofVirtual().start(waiting);
    await().until(() -> calls().waiting() == 1);
    thread.interrupt();
    ExecutionException failed = assertThrows(ExecutionException.class, waiting::get);
    assertTrue(failed.getCause() instanceof InterruptedException);
    assertEquals(new LaneCalls(Lane.LIVE, 0, 1), calls());
    held.countDown();
    first.get();
    assertFalse(begun.get());
  }

  @Test
  void whoeverDoesNotWaitLongerIsToldSo() throws Exception {
    FutureTask<String> first = hold("a");
    assertEquals(
        Optional.empty(), gate.call(LIVE, "a", Duration.ofMillis(20), () -> "never begun"));
    assertEquals(new LaneCalls(Lane.LIVE, 0, 1), calls());
    assertFalse(first.isDone());
  }

  @Test
  void anotherModelsCallIsWokenWhenTheFirstHangsForTooLong() throws Exception {
    FutureTask<String> hanging = hold("hangs");
    assertEquals("fine", start(() -> gate.call(LIVE, "other", () -> "fine")).get());
    assertFalse(hanging.isDone());
  }

  private FutureTask<String> hold(String model) {
    FutureTask<String> holding =
        start(
            () ->
                gate.call(
                    LIVE,
                    model,
                    () -> {
                      try {
                        held.await();
                        return "held";
                      } catch (InterruptedException impossible) {
                        throw new IllegalStateException(impossible);
                      }
                    }));
    await().until(() -> calls().running() == 1);
    return holding;
  }

  private static <T> FutureTask<T> start(java.util.concurrent.Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private LaneCalls calls() {
    return gate.calls().get(Lane.LIVE.ordinal());
  }
}
