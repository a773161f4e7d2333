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
  private static final int UNIT_CHUNKS = 64;

  private final ExecutorService threads;

  /**
   * @param threads platform threads, as many as processors: a scan never waits for anything, and
   *     would keep virtual threads from running
   */
  public ParallelMatching(ExecutorService threads) {
    this.threads = threads;
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

  private static List<List<DocumentVectors>> units(List<DocumentVectors> documents) {
    List<List<DocumentVectors>> units = new ArrayList<>();
    List<DocumentVectors> unit = new ArrayList<>();
    int chunks = 0;
    for (DocumentVectors document : documents) {
      unit.add(document);
      chunks += document.count();
      if (chunks >= UNIT_CHUNKS) {
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
