package relata.worker.gate;

import java.util.Objects;

/**
 * Who asks: in a lane, collections take turns.
 *
 * @param collectionId whose text it is
 */
public record Turn(Lane lane, long collectionId) {
  public Turn {
    Objects.requireNonNull(lane);
    if (collectionId < 1) {
      throw new IllegalArgumentException("A collection's id is positive.");
    }
  }
}
