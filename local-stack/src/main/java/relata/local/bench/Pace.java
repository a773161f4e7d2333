package relata.local.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Does something at a fixed rate, whether what was begun before has ended or not: what is slow
 * cannot hide by keeping the next one waiting.
 */
final class Pace {
  private static final int CAUSES = 3;

  private Pace() {}

  /** What is done each time, on a virtual thread of its own. */
  interface Work {
    /**
     * @param number 0, 1, …
     * @param dueNanos when it was to begin, as {@link System#nanoTime} counts
     */
    void run(int number, long dueNanos);
  }

  /**
   * Returns when all have ended.
   *
   * @return how many there were
   * @throws IllegalStateException if some of it failed: what was not done took no time
   */
  static int keep(int perSecond, Duration time, Work work) throws InterruptedException {
    int count = Math.max(1, (int) (perSecond * time.toMillis() / 1000));
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = start + i * 1_000_000_000L / perSecond;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        int number = i;
        executor.execute(
            () -> {
              try {
                work.run(number, due);
              } catch (RuntimeException failed) {
                failures.add(failed);
              }
            });
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          "%d of %d failed: %s".formatted(failures.size(), count, causes(failures)),
          failures.peek());
    }
    return count;
  }

  /** What was said most, and how often: many failures have few causes. */
  private static String causes(Collection<RuntimeException> failures) {
    return failures.stream()
        .collect(Collectors.groupingBy(failure -> "" + failure.getMessage(), Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(CAUSES)
        .map(cause -> "%d × %s".formatted(cause.getValue(), cause.getKey()))
        .collect(Collectors.joining("; "));
  }
}
