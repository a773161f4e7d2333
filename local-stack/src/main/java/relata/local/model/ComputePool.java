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
import java.util.concurrent.atomic.AtomicReference;
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
            new ArrayBlockingQueue<>(threads * maxRequests),
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
    if (inputs.isEmpty()) {
      return List.of();
    }
    Job<T, R> job = new Job<>(inputs, compute, Math.min(threads, inputs.size()));
    job.begin();
    try {
      return job.done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      job.fail(new IllegalStateException("interrupted"));
      throw e;
    }
  }

  /** What is still in the queue is not computed; whoever waits for it must be interrupted. */
  @Override
  public void close() {
    executor.shutdownNow();
    executor.close();
  }

  /**
   * One request's texts. It is in the queue at most once a lane, and done only when every lane has
   * ended: so the queue never has more than {@code threads} entries of a request.
   */
  private final class Job<T, R> implements Runnable {

    private final List<T> inputs;
    private final Function<T, R> compute;
    private final Object[] results;
    private final int lanes;
    private final AtomicInteger lanesLeft;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<List<R>> done = new CompletableFuture<>();

    Job(List<T> inputs, Function<T, R> compute, int lanes) {
      this.inputs = inputs;
      this.compute = compute;
      this.results = new Object[inputs.size()];
      this.lanes = lanes;
      this.lanesLeft = new AtomicInteger(lanes);
    }

    void begin() {
      for (int lane = 0; lane < lanes; lane++) {
        takeTurn();
      }
    }

    @Override
    public void run() {
      int index = next.getAndIncrement();
      if (index < inputs.size()) {
        try {
          results[index] = compute.apply(inputs.get(index));
        } catch (RuntimeException | Error e) {
          fail(e);
        }
      }
      if (next.get() < inputs.size()) {
        takeTurn();
      } else {
        endLane();
      }
    }

    /** Remembers the first failure; what has not begun is not computed. */
    void fail(Throwable e) {
      failure.compareAndSet(null, e);
      next.set(inputs.size());
    }

    /** Goes to the end of the queue, behind the other requests' next texts. */
    private void takeTurn() {
      try {
        executor.execute(this);
      } catch (RejectedExecutionException e) {
        fail(new IllegalStateException("the model server is closing", e));
        endLane();
      }
    }

    private void endLane() {
      if (lanesLeft.decrementAndGet() > 0) {
        return;
      }
      Throwable first = failure.get();
      if (first == null) {
        done.complete(collected());
      } else {
        done.completeExceptionally(first);
      }
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
