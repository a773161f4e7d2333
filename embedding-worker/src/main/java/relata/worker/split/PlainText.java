package relata.worker.split;

import java.util.List;
import java.util.regex.Pattern;

/** Reads a body without markup: its paragraphs stand between blank lines. */
public final class PlainText {
  private static final Pattern BLANK_LINES = Pattern.compile("\\R[^\\S\\r\\n]*\\R\\s*");

  private PlainText() {}

  /** The paragraphs in order, their lines kept as they are, as long as there is room. */
  public static List<Block> blocks(String body, Room room) {
    return BLANK_LINES
        .splitAsStream(body.strip())
        .map(String::strip)
        .filter(paragraph -> !paragraph.isBlank())
        .takeWhile(_ -> room.takesMarks(1))
        .map(paragraph -> new Block(BlockKind.PARAGRAPH, List.of(), paragraph))
        .toList();
  }
}
