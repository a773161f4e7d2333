package relata.graph.tune;

/** Why a run takes place. */
public enum Cause {
  /** Somebody asked for it. */
  HAND,
  /** The collection has become another one since it was tuned. */
  GROWTH,
  /** It is time to see whether the current effort still holds the bar. */
  CHECK
}
