package relata.graph.text;

import java.util.List;

/**
 * A part of a score, and what it was made from.
 *
 * @param what in the words of the engine
 */
public record ScorePart(String what, double value, List<ScorePart> parts) {
  public ScorePart {
    parts = List.copyOf(parts);
  }
}
