package relata.graph.sweep;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import relata.graph.database.Database;
import relata.graph.edges.EdgesConfig;
import relata.graph.edges.SharedRepair;
import relata.graph.generation.Generations;
import relata.graph.generation.SharedIndex;

/**
 * Compares shared indexes with what is stored, from time to time, and at once if one is missing.
 */
final class SharedIndexes {
  private final Generations generations;
  private final SharedRepair repair;
  private final Duration interval;

  /** When each was compared last, by the clock of this process. */
  private final Map<Long, Long> compared = new ConcurrentHashMap<>();

  SharedIndexes(Database database, Generations generations, EdgesConfig edges, Duration interval) {
    this.generations = generations;
    this.interval = interval;
    repair = new SharedRepair(database, edges);
  }

  /**
   * Does nothing for an index that is not shared.
   *
   * @return how many documents are to be linked again
   */
  int repair(long generationId) {
    if (!(generations.findLoaded(generationId).orElse(null) instanceof SharedIndex index)) {
      return 0;
    }
    Long last = compared.get(generationId);
    long now = System.nanoTime();
    if (last != null && now - last < interval.toNanos() && index.isServed()) {
      return 0;
    }
    int doubted = repair.run(index);
    compared.put(generationId, now);
    return doubted;
  }
}
