package relata.graph.text;

import java.util.List;

/** What a filter asks of a document's metadata. */
public sealed interface Condition {
  /** One of the values at the path is one of these. */
  record AnyOf(String path, List<Value> values) implements Condition {
    public AnyOf {
      values = List.copyOf(values);
    }
  }

  /**
   * One of the numbers at the path lies between two others.
   *
   * @param low negative infinity for no bound
   * @param high infinity for no bound
   */
  record Range(String path, double low, boolean withLow, double high, boolean withHigh)
      implements Condition {}

  /** There is something at the path or below it; or, if not wanted, there is nothing. */
  record Exists(String path, boolean isWanted) implements Condition {}
}
