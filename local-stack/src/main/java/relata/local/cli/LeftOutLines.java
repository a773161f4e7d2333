package relata.local.cli;

import java.util.List;
import java.util.function.Consumer;
import relata.local.source.FoundFiles.LeftOut;

/** Names the files that an import passes over; of very many the first. */
final class LeftOutLines {
  /** Enough to see what kind of files they are. */
  private static final int MOST_NAMED = 20;

  private LeftOutLines() {}

  static void print(List<LeftOut> leftOut, Consumer<String> lines) {
    leftOut.stream()
        .limit(MOST_NAMED)
        .forEach(file -> lines.accept("left out: %s (%s)".formatted(file.name(), file.reason())));
    if (leftOut.size() > MOST_NAMED) {
      lines.accept(
          "left out: %d more, %d in all".formatted(leftOut.size() - MOST_NAMED, leftOut.size()));
    }
  }
}
