package relata.graph.generation;

import java.util.Set;

/** A system that keeps generations for all replicas together. */
public interface SharedStores {
  /** The store of a generation. Nothing is asked of the system yet. */
  SharedStore open(Generation generation);

  /**
   * The generations that the system has something of.
   *
   * @return none if no system is configured
   * @throws IndexAwayException if it cannot be asked now
   */
  Set<Long> generations();

  /** Erases all of a generation. */
  void erase(long generationId);
}
