package relata.worker.markdown;

import java.util.Locale;
import java.util.StringJoiner;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import relata.worker.split.Room;

/** What one block says, with whatever stands inside it. */
final class BlockText {
  private static final String DIAGRAM = "mermaid";

  private BlockText() {}

  /** Its text, a line for each block inside; empty when it says nothing, or there is no room. */
  static String of(Node block, Room room) {
    return switch (block) {
      case Paragraph paragraph -> InlineText.of(paragraph);
      case Heading heading -> InlineText.of(heading);
      case FencedCodeBlock code -> code(code);
      case IndentedCodeBlock code -> code.getLiteral().stripTrailing();
      case HtmlBlock html -> HtmlText.of(html.getLiteral());
      case TableBlock table -> TableText.of(table, room);
      default -> children(block, room);
    };
  }

  private static String children(Node parent, Room room) {
    StringJoiner lines = new StringJoiner("\n");
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      String text = of(child, room);
      if (!text.isBlank()) {
        lines.add(text);
      }
    }
    return lines.toString();
  }

  /** The language, when it is named, is the first line. */
  private static String code(FencedCodeBlock block) {
    String info = block.getInfo() == null ? "" : block.getInfo().strip();
    String language = info.split("[\\s{,]", 2)[0].toLowerCase(Locale.ROOT);
    String literal = block.getLiteral().stripTrailing();
    if (literal.isBlank() || language.equals(DIAGRAM)) {
      return "";
    }
    return language.isEmpty() ? literal : language + "\n" + literal;
  }
}
