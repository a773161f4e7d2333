package relata.local.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The threads that run the models. Platform threads: a model call stays in native code for
 * milliseconds and would hold a virtual thread's carrier.
 *
 * <p>Requests take turns text by text, so that a query of one text waits for no more than one text
 * of every request before it, however large their batches are.
 */
final class ComputePool implements AutoCloseable {

  private final int threads;
  private final ThreadPoolExecutor executor;

  /**
   * @param maxRequests how many requests use the pool at the same time; Admission sees to it
   */
  ComputePool(int threads, int maxRequests) {
    this.threads = threads;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads * (maxRequests + 1)),
            Thread.ofPlatform().name("model-", 0).daemon().factory());
  }

  /**
   * Computes each input on its own and waits for all.
   *
   * @return the results in the order of the inputs
   * @throws RuntimeException the first failure, as the computation threw it; what has not begun by
   *     then is not computed
   */
  <T, R> List<R> each(List<T> inputs, Function<T, R> compute) throws InterruptedException {
    Job<T, R> job = new Job<>(inputs, compute);
    for (int lane = 0; lane < Math.min(threads, inputs.size()); lane++) {
      job.takeTurn();
    }
    try {
      return job.done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      job.stop();
      throw e;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    executor.close();
  }

  private final class Job<T, R> implements Runnable {

    private final List<T> inputs;
    private final Function<T, R> compute;
    private final Object[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private final CompletableFuture<List<R>> done = new CompletableFuture<>();

    Job(List<T> inputs, Function<T, R> compute) {
      this.inputs = inputs;
      this.compute = compute;
      this.results = new Object[inputs.size()];
      this.left = new AtomicInteger(inputs.size());
      if (inputs.isEmpty()) {
        done.complete(List.of());
      }
    }

    @Override
    public void run() {
      int index = next.getAndIncrement();
      if (index >= inputs.size() || done.isDone()) {
        return;
      }
      try {
        results[index] = compute.apply(inputs.get(index));
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
        return;
      }
      if (left.decrementAndGet() == 0) {
        done.complete(collected());
      } else {
        takeTurn();
      }
    }

    /** Goes to the end of the queue, behind the other requests' next texts. */
    void takeTurn() {
      try {
        executor.execute(this);
      } catch (RejectedExecutionException e) {
        done.completeExceptionally(new IllegalStateException("the model server is closing", e));
      }
    }

    void stop() {
      done.cancel(false);
    }

    private List<R> collected() {
      List<R> all = new ArrayList<>(results.length);
      for (Object result : results) {
        @SuppressWarnings("unchecked") // only compute's results are put there
        R typed = (R) result;
        all.add(typed);
      }
      return all;
    }
  }
}
