package relata.worker.markdown;

import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The words of a paragraph, a heading or a cell: no marks, no tags, no link targets. */
final class InlineText {
  private InlineText() {}

  static String of(Node block) {
    StringBuilder text = new StringBuilder();
    // Not recursive: emphasis nests as deeply as a hostile text wants it to.
    Node node = block.getFirstChild();
    while (node != null) {
      switch (node) {
        case Text words -> text.append(words.getLiteral());
        case Code code -> text.append(code.getLiteral());
        case SoftLineBreak _, HardLineBreak _ -> text.append(' ');
        default -> {
          // Emphasis, links and images are their children's words; inline HTML is none.
        }
      }
      node = next(node, block);
    }
    return text.toString().strip();
  }

  private static Node next(Node node, Node end) {
    if (node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    Node at = node;
    while (at != end && at.getNext() == null) {
      at = at.getParent();
    }
    return at == end ? null : at.getNext();
  }
}
