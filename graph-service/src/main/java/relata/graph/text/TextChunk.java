package relata.graph.text;

import java.util.List;

/**
 * The text of a chunk and where it stands in its document.
 *
 * @param ordinal position in the document, from 0 up
 * @param kind title, description, paragraph, list, heading, table or code
 * @param headingPath the document's title first, then the headings above the chunk
 */
public record TextChunk(int ordinal, String kind, List<String> headingPath, String text) {
  public TextChunk {
    headingPath = List.copyOf(headingPath);
  }

  public String title() {
    return headingPath.isEmpty() ? "" : headingPath.getFirst();
  }

  public String headings() {
    return headingPath.size() < 2
        ? ""
        : String.join(" ", headingPath.subList(1, headingPath.size()));
  }
}
