package relata.graph.search;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import relata.graph.text.QueryWords.Match;

/** Which pieces of a text show best why it was found. */
final class Fragments {
  private final String text;
  private final int length;
  private final BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);

  private Fragments(String text, int length) {
    this.text = text;
    this.length = length;
    words.setText(text);
  }

  /** A piece of a text; it begins and ends where a word does. */
  record Range(int start, int end) {}

  /**
   * Neighbouring matches that fit into one piece.
   *
   * @param different how many of them answer different parts of the query
   */
  private record Window(int first, int last, int different) {
    int count() {
      return last - first + 1;
    }

    boolean isApartFrom(Window other) {
      return last < other.first || first > other.last;
    }
  }

  /**
   * The pieces that answer most of the query, in the order of the text, none of them overlapping;
   * the start of the text if nothing in it does.
   *
   * @param matches from start to end
   * @param most how many pieces
   * @param length characters of one, if its match is not longer
   */
  static List<Range> choose(String text, List<Match> matches, int most, int length) {
    Fragments fragments = new Fragments(text, length);
    if (matches.isEmpty()) {
      return List.of(fragments.around(0, 0, 0, text.length()));
    }
    List<Window> best = best(windows(matches, length), most);
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      Window window = best.get(i);
      ranges.add(
          fragments.around(
              matches.get(window.first()).start(),
              matches.get(window.last()).end(),
              i == 0 ? 0 : ranges.getLast().end(),
              i + 1 == best.size() ? text.length() : matches.get(best.get(i + 1).first()).start()));
    }
    return List.copyOf(ranges);
  }

  /** For each match all that fit behind it. */
  private static List<Window> windows(List<Match> matches, int length) {
    List<Window> windows = new ArrayList<>();
    for (int first = 0; first < matches.size(); first++) {
      Set<String> different = new HashSet<>();
      int last = first;
      do {
        different.add(matches.get(last).word());
        last++;
      } while (last < matches.size()
          && matches.get(last).end() - matches.get(first).start() <= length);
      windows.add(new Window(first, last - 1, different.size()));
    }
    return windows;
  }

  private static List<Window> best(List<Window> windows, int most) {
    windows.sort(
        Comparator.comparingInt(Window::different)
            .thenComparingInt(Window::count)
            .reversed()
            .thenComparingInt(Window::first));
    List<Window> best = new ArrayList<>();
    for (Window window : windows) {
      if (best.size() < most && best.stream().allMatch(window::isApartFrom)) {
        best.add(window);
      }
    }
    best.sort(Comparator.comparingInt(Window::first));
    return best;
  }

  /** As much around a place as there is room for, without what reaches beyond two bounds. */
  private Range around(int start, int end, int low, int high) {
    int spare = Math.max(0, length - (end - start));
    int from = Math.max(low, start - spare / 2);
    int to = Math.min(high, end + spare - (start - from));
    from = Math.max(low, Math.min(from, Math.max(0, to - length)));
    from = Math.min(start, words.isBoundary(from) ? from : words.following(from));
    to = Math.max(end, words.isBoundary(to) ? to : words.preceding(to));
    while (from < start && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > end && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return new Range(from, to);
  }
}
