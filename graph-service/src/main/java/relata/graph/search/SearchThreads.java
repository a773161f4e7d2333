package relata.graph.search;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import relata.graph.compute.ComputeThreads;
import relata.graph.generation.GenerationIndex;
import relata.graph.problem.ProblemException;

/** The threads that search. */
@Singleton
final class SearchThreads {
  private final ComputeThreads threads;

  SearchThreads(SearchConfig config) {
    threads =
        new ComputeThreads(
            "search", config.threads(), config.maxWaiting(), "Too many searches are waiting.");
  }

  @PreDestroy
  void close() {
    threads.close();
  }

  /**
   * Asks an index. One that is shared is waited for on the caller's thread: nothing is scanned
   * here, and whoever asks another one does not wait behind it.
   *
   * @throws ProblemException if too many searches wait already
   */
  <T> T run(GenerationIndex index, Supplier<T> work) {
    return index.isShared() ? work.get() : threads.run(work);
  }
}
