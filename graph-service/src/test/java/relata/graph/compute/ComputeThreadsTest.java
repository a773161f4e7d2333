package relata.graph.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static relata.local.testing.Patiently.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import relata.graph.problem.ProblemException;

class ComputeThreadsTest {
  private final ComputeThreads threads = new ComputeThreads("test", 1, 1, "Too many.");

  @Test
  void whoStillWaitsWhenTheServiceStopsHearsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<String> running = asked(() -> untilInterrupted(begun));
    begun.await();
    FutureTask<String> waiting = new FutureTask<>(() -> threads.run(() -> "too late"));
    Thread waiter = Thread.ofPlatform().start(waiting);
    await().until(() -> waiter.getState() == Thread.State.WAITING);
    assertThrows(ProblemException.class, () -> threads.run(() -> "no room"));

    threads.close();

    assertEquals("interrupted", running.get(20, TimeUnit.SECONDS));
    var failed = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
    assertInstanceOf(ProblemException.class, failed.getCause());
    assertThrows(ProblemException.class, () -> threads.run(() -> "stopped"));
  }

  private FutureTask<String> asked(Supplier<String> work) {
    FutureTask<String> asked = new FutureTask<>(() -> threads.run(work));
    Thread.ofPlatform().start(asked);
    return asked;
  }

  private static String untilInterrupted(CountDownLatch begun) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return "done";
    } catch (InterruptedException stopped) {
      return "interrupted";
    }
  }
}
