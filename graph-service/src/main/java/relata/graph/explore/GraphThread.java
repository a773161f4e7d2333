package relata.graph.explore;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import relata.graph.problem.ProblemException;

/**
 * A platform thread for what is computed on a whole graph. One, because searches and commits need
 * the other processors more than somebody who looks at a graph.
 */
@Singleton
final class GraphThread {
  private final ThreadPoolExecutor thread;

  GraphThread(ExploreConfig config) {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.maxWaiting()),
            Thread.ofPlatform().daemon().name("graph").factory());
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }

  /**
   * @throws ProblemException if too many wait already
   */
  <T> T run(Callable<T> work) {
    try {
      return thread.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw ProblemException.unavailable("Too many wait for the graph. Try again later.");
    } catch (ExecutionException failed) {
      throw new IllegalStateException("computing on a graph failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("The service is stopping.");
    }
  }
}
