package relata.worker.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import relata.worker.markdown.MarkdownBlocks;
import relata.worker.split.Block;
import relata.worker.split.Chunk;
import relata.worker.split.PlainText;
import relata.worker.split.Room;
import relata.worker.split.SplitLimits;
import relata.worker.split.SplitResult;
import relata.worker.split.SplitRule;
import relata.worker.split.Splitter;

/** What a document says at a version. */
record DocumentText(long documentId, long version, String title, String body, String format) {
  SplitResult split(SplitRule rule, SplitLimits limits) {
    Room room = room(limits);
    List<Block> blocks =
        isMarkdown() ? MarkdownBlocks.read(body, room) : PlainText.blocks(body, room);
    return Splitter.split(title, blocks, rule, room);
  }

  /** The chunks that it was split into, with a description of it. */
  SplitResult describe(List<Chunk> chunks, String description, SplitRule rule, SplitLimits limits) {
    return Splitter.describe(
        title, description, chunks, rule, new Room(limits, description.length()));
  }

  /**
   * What a reader reads of the body, from the same blocks as the chunks: whatever is no text, such
   * as front matter, comments, diagrams and link targets, is no subject of a description. Of a body
   * that cannot be read into blocks it is all, which only a client that brings the chunks may have.
   */
  String readable(SplitLimits limits) {
    if (!isMarkdown()) {
      return body;
    }
    Room room = room(limits);
    try {
      String read =
          MarkdownBlocks.read(body, room).stream()
              .map(Block::text)
              .collect(Collectors.joining("\n\n"));
      return room.isExceeded() ? body : read;
    } catch (RuntimeException | StackOverflowError unreadable) {
      return body;
    }
  }

  private boolean isMarkdown() {
    return format.equals("markdown");
  }

  private Room room(SplitLimits limits) {
    return new Room(limits, (long) title.length() + body.length());
  }
}
