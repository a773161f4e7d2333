package relata.local.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Does something at a fixed rate, whether what was begun before has ended or not: what is slow
 * cannot hide by keeping the next one waiting.
 */
final class Pace {
  private Pace() {}

  /**
   * Returns when all have ended.
   *
   * @param work gets 0, 1, …, each on a virtual thread of its own
   * @return how many there were
   * @throws IllegalStateException if some of it failed: what was not done took no time
   */
  static int keep(int perSecond, Duration time, IntConsumer work) throws InterruptedException {
    int count = Math.max(1, (int) (perSecond * time.toMillis() / 1000));
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long wait = start + i * 1_000_000_000L / perSecond - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        int number = i;
        executor.execute(
            () -> {
              try {
                work.accept(number);
              } catch (RuntimeException failed) {
                failures.add(failed);
              }
            });
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          "%d of %d failed, the first: %s"
              .formatted(failures.size(), count, failures.peek().getMessage()),
          failures.peek());
    }
    return count;
  }
}
