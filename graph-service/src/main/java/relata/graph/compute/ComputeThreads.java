package relata.graph.compute;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import relata.graph.problem.ProblemException;

/**
 * Platform threads for what computes and never waits. On virtual threads it would keep others from
 * running. Each kind of work has threads of its own, so that the operating system divides the
 * processors between them: searches do not queue behind somebody who looks at a whole graph.
 */
public final class ComputeThreads implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final String whenFull;

  /**
   * @param name what the threads' names begin with
   * @param count 0 for one a processor
   * @param maxWaiting what may wait for a thread
   * @param whenFull a sentence for who comes when so much is waiting
   */
  public ComputeThreads(String name, int count, int maxWaiting, String whenFull) {
    int size = count > 0 ? count : Runtime.getRuntime().availableProcessors();
    this.whenFull = whenFull;
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /**
   * Carries out the work and waits for it; what it throws is thrown here.
   *
   * @throws ProblemException if too much waits already, or the service stops
   */
  public <T> T run(Supplier<T> work) {
    try {
      return threads.submit(work::get).get();
    } catch (RejectedExecutionException full) {
      throw threads.isShutdown()
          ? stopping()
          : ProblemException.unavailable(whenFull + " Try again later.");
    } catch (CancellationException stopped) {
      throw stopping();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("computing failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private static ProblemException stopping() {
    return ProblemException.unavailable("The service is stopping.");
  }

  /** Whoever still waits for a thread hears that the service stops. */
  @Override
  public void close() {
    threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
  }
}
