package relata.graph.edges;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import relata.graph.vector.ParallelMatching;

/**
 * What some commits share among themselves and with no others: how many may run, and the threads on
 * which they compare vectors. Between lanes the operating system divides the processors, so a short
 * commit of one lane is never behind the long one of another.
 */
final class CommitLane implements AutoCloseable {
  private final Semaphore permits;
  private final ExecutorService threads;
  private final ParallelMatching matching;

  /**
   * @param threads 0 for one a processor
   */
  CommitLane(String name, int concurrentCommits, int threads) {
    permits = new Semaphore(concurrentCommits, true);
    int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    this.threads =
        Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().name(name, 0).factory());
    matching = new ParallelMatching(this.threads, count);
  }

  <T> T run(Function<ParallelMatching, T> commit) throws InterruptedException {
    permits.acquire();
    try {
      return commit.apply(matching);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
