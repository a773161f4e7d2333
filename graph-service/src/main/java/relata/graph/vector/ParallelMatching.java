package relata.graph.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongPredicate;

/**
 * Spreads {@link VectorIndex#matches} over several threads. Documents go together in units of some
 * chunks, so that a block of the index that is in the cache serves them all.
 */
public final class ParallelMatching {
  /** More would be longer at work on one pass, and save little. */
  private static final int MOST_CHUNKS = 512;

  /** Fewer are not worth a pass of their own. */
  private static final int LEAST_CHUNKS = 16;

  private final ExecutorService threads;
  private final int parallelism;

  /**
   * @param threads platform threads, as many as processors: a scan never waits for anything, and
   *     would keep virtual threads from running
   * @param parallelism how many there are
   */
  public ParallelMatching(ExecutorService threads, int parallelism) {
    this.threads = threads;
    this.parallelism = parallelism;
  }

  /** As {@link VectorIndex#matches}; each unit may see a later state of the index. */
  public List<Matches> matches(
      VectorIndex index,
      List<DocumentVectors> documents,
      double minSimilarity,
      LongPredicate among) {
    List<Future<List<Matches>>> running = new ArrayList<>();
    for (List<DocumentVectors> unit : units(documents)) {
      running.add(threads.submit(() -> index.matches(unit, minSimilarity, among)));
    }
    List<Matches> matches = new ArrayList<>(documents.size());
    try {
      for (Future<List<Matches>> unit : running) {
        matches.addAll(unit.get());
      }
      return matches;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing vectors", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("comparing vectors failed", failed.getCause());
    } finally {
      running.forEach(unit -> unit.cancel(false));
    }
  }

  private List<List<DocumentVectors>> units(List<DocumentVectors> documents) {
    int all = documents.stream().mapToInt(DocumentVectors::count).sum();
    int wanted = Math.clamp((all + parallelism - 1) / parallelism, LEAST_CHUNKS, MOST_CHUNKS);
    List<List<DocumentVectors>> units = new ArrayList<>();
    List<DocumentVectors> unit = new ArrayList<>();
    int chunks = 0;
    for (DocumentVectors document : documents) {
      unit.add(document);
      chunks += document.count();
      if (chunks >= wanted) {
        units.add(unit);
        unit = new ArrayList<>();
        chunks = 0;
      }
    }
    if (!unit.isEmpty()) {
      units.add(unit);
    }
    return units;
  }
}
