package relata.graph.search;

import java.util.List;

/**
 * A piece of a hit with the places that answer the query. It is plain text: nothing in it is marked
 * up, and nothing of it is escaped.
 *
 * @param heading place in the heading path of what it is a piece of; null for the chunk's text
 * @param start offset of its first UTF-16 code unit in that
 * @param matches from start to end, none of them overlapping; empty if none of the words is there
 */
record Highlight(Integer heading, int start, String text, List<Span> matches) {
  /**
   * A place in the piece.
   *
   * @param start offset of its first UTF-16 code unit in the piece
   * @param end offset behind its last
   */
  record Span(int start, int end) {}

  Highlight {
    matches = List.copyOf(matches);
  }
}
