package relata.graph.search;

import java.util.ArrayList;
import java.util.List;
import relata.graph.text.QueryWords;
import relata.graph.text.QueryWords.Match;
import relata.graph.text.TextChunk;

/** Finds in what was found the places that answer the query. */
final class Highlighter {
  private final QueryWords words;
  private final int fragments;
  private final SearchConfig config;

  /**
   * @param fragments most pieces of a chunk's text
   */
  Highlighter(QueryWords words, int fragments, SearchConfig config) {
    this.words = words;
    this.fragments = fragments;
    this.config = config;
  }

  /** The headings in which there is a match, then the best pieces of the text in its order. */
  List<Highlight> of(TextChunk chunk) {
    List<Highlight> highlights = new ArrayList<>();
    for (int i = 0; i < chunk.headingPath().size(); i++) {
      String heading = chunk.headingPath().get(i);
      List<Match> matches = words.in(heading);
      // A title that is a chunk is its own heading.
      if (!matches.isEmpty() && !heading.equals(chunk.text())) {
        highlights.add(highlight(i, heading, 0, heading.length(), matches));
      }
    }
    String text = chunk.text();
    String read = text.substring(0, Math.min(text.length(), config.highlightCharacters()));
    List<Match> matches = words.in(read);
    for (Fragments.Range range :
        Fragments.choose(text, matches, fragments, config.fragmentCharacters())) {
      highlights.add(highlight(null, text, range.start(), range.end(), matches));
    }
    return List.copyOf(highlights);
  }

  private static Highlight highlight(
      Integer heading, String text, int start, int end, List<Match> matches) {
    List<Highlight.Span> spans =
        matches.stream()
            .filter(match -> match.start() >= start && match.end() <= end)
            .map(match -> new Highlight.Span(match.start() - start, match.end() - start))
            .toList();
    return new Highlight(heading, start, text.substring(start, end), spans);
  }
}
