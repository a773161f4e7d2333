package relata.worker.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;
import relata.worker.split.Label;
import relata.worker.split.Room;

/** A table, flattened row by row so that every cell stands beside what it means. */
final class TableText {
  private TableText() {}

  /**
   * A line for each row, {@code header: cell; header: cell}, as long as there is room; the headers
   * when there is no row.
   */
  static String of(TableBlock table, Room room) {
    List<String> headers = List.of();
    List<String> labels = List.of();
    StringJoiner lines = new StringJoiner("\n");
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        if (part instanceof TableHead) {
          headers = cells(row);
          labels = headers.stream().map(Label::of).toList();
        } else if (part instanceof TableBody) {
          String line = line(labels, cells(row));
          if (!room.takesText(line.length())) {
            return "";
          }
          if (!line.isEmpty()) {
            lines.add(line);
          }
        }
      }
    }
    return lines.length() > 0
        ? lines.toString()
        : String.join("; ", headers.stream().filter(header -> !header.isBlank()).toList());
  }

  private static String line(List<String> headers, List<String> cells) {
    StringJoiner line = new StringJoiner("; ");
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String header = column < headers.size() ? headers.get(column) : "";
      if (!cell.isBlank()) {
        line.add(header.isBlank() ? cell : header + ": " + cell);
      }
    }
    return line.toString();
  }

  private static List<String> cells(Node row) {
    List<String> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      cells.add(InlineText.of(cell));
    }
    return cells;
  }
}
