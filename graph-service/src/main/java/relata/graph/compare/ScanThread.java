package relata.graph.compare;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import relata.graph.problem.ProblemException;

/**
 * Platform threads on which comparisons scan, apart from those of searches and commits, and one for
 * each comparison alone: the rest of the processors is for users.
 */
@Singleton
final class ScanThread {
  private final ComparisonConfig config;
  private final Semaphore permits;
  private final ExecutorService threads;

  ScanThread(ComparisonConfig config) {
    this.config = config;
    permits = new Semaphore(config.concurrent(), true);
    threads =
        Executors.newFixedThreadPool(
            config.concurrent(), Thread.ofPlatform().daemon().name("compare-", 0).factory());
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  /**
   * Carries out a whole comparison, on the caller's thread, when it is its turn.
   *
   * @throws ProblemException if the others take too long
   */
  <T> T inTurn(Supplier<T> comparison) {
    try {
      if (!permits.tryAcquire(config.waiting().toMillis(), TimeUnit.MILLISECONDS)) {
        throw ProblemException.unavailable("Other comparisons are running. Try again later.");
      }
    } catch (InterruptedException stopped) {
      throw stopping();
    }
    try {
      return comparison.get();
    } finally {
      permits.release();
    }
  }

  /** Carries out what computes and never waits. */
  <T> T scan(Callable<T> work) {
    try {
      return threads.submit(work).get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("comparing failed", failed.getCause());
    } catch (InterruptedException stopped) {
      throw stopping();
    }
  }

  private static ProblemException stopping() {
    Thread.currentThread().interrupt();
    return ProblemException.unavailable("The service is stopping.");
  }
}
