package relata.graph.search;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import relata.graph.generation.GenerationIndex;
import relata.graph.problem.ProblemException;

/**
 * Platform threads for scanning, apart from those of commits. On virtual threads a scan would keep
 * others from running, because it never waits; on the commits' threads it would queue behind them.
 */
@Singleton
final class SearchThreads {
  private final ThreadPoolExecutor threads;

  SearchThreads(SearchConfig config) {
    int count =
        config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.maxWaiting()),
            Thread.ofPlatform().daemon().name("search-", 0).factory());
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  /**
   * Asks an index. One that is shared is waited for on the caller's thread: nothing is scanned
   * here, and whoever asks another one does not wait behind it.
   *
   * @throws ProblemException if too many searches wait already
   */
  <T> T run(GenerationIndex index, Supplier<T> work) {
    return index.isShared() ? work.get() : scan(work::get);
  }

  private <T> T scan(Callable<T> work) {
    try {
      return threads.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw ProblemException.unavailable("Too many searches are waiting. Try again later.");
    } catch (ExecutionException failed) {
      throw new IllegalStateException("search failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("The service is stopping.");
    }
  }
}
