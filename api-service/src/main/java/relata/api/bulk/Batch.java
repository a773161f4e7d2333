package relata.api.bulk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lines that are to be stored together, in their order; no document twice. */
final class Batch {
  private final int maxLines;
  private final long maxBytes;
  private final List<ParsedLine> lines = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private long bytes;

  Batch(int maxLines, long maxBytes) {
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /**
   * Whether the line has to wait for the next batch. That an id comes again is one reason: the
   * lines are then stored one after the other, the later wins, and both answers are true.
   */
  boolean mustEndBefore(ParsedLine line, long lineBytes) {
    return lines.size() >= maxLines
        || (!lines.isEmpty() && bytes + lineBytes > maxBytes)
        || (line instanceof ParsedLine.Valid valid && ids.contains(valid.id()));
  }

  void add(ParsedLine line, long lineBytes) {
    lines.add(line);
    bytes += lineBytes;
    if (line instanceof ParsedLine.Valid valid) {
      ids.add(valid.id());
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<ParsedLine> lines() {
    return lines;
  }

  List<ParsedLine.Valid> documents() {
    return lines.stream()
        .filter(ParsedLine.Valid.class::isInstance)
        .map(ParsedLine.Valid.class::cast)
        .toList();
  }

  void clear() {
    lines.clear();
    ids.clear();
    bytes = 0;
  }
}
