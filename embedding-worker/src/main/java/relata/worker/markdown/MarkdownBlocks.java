package relata.worker.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.parser.Parser;
import relata.worker.split.Block;
import relata.worker.split.BlockKind;
import relata.worker.split.Room;

/**
 * Reads markdown (CommonMark with tables) into blocks. Front matter, comments, HTML tags, link
 * targets and mermaid diagrams are no text and are left out.
 */
public final class MarkdownBlocks {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final Headings headings = new Headings();
  private final List<Block> blocks = new ArrayList<>();

  private final Room room;

  private MarkdownBlocks(Room room) {
    this.room = room;
  }

  /** The blocks in the document's order, as long as there is room. */
  public static List<Block> read(String body, Room room) {
    String text = FrontMatter.strip(body);
    // Before the parser, which keeps the whole tree and as much again beside it.
    if (!room.takesMarks(Marks.count(text))) {
      return List.of();
    }
    MarkdownBlocks reader = new MarkdownBlocks(room);
    reader.readChildren(PARSER.parse(text));
    return List.copyOf(reader.blocks);
  }

  private void readChildren(Node parent) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Document _, BlockQuote _ -> readChildren(node);
        case Heading heading -> {
          String text = InlineText.of(heading);
          if (!text.isBlank()) {
            blocks.add(
                new Block(BlockKind.HEADING, headings.enter(heading.getLevel(), text), text));
          }
        }
        case BulletList _, OrderedList _ -> add(BlockKind.LIST, node);
        case TableBlock _ -> add(BlockKind.TABLE, node);
        case FencedCodeBlock _, IndentedCodeBlock _ -> add(BlockKind.CODE, node);
        default -> add(BlockKind.PARAGRAPH, node);
      }
    }
  }

  private void add(BlockKind kind, Node node) {
    String text = BlockText.of(node, room);
    if (!text.isBlank()) {
      blocks.add(new Block(kind, headings.path(), text));
    }
  }
}
