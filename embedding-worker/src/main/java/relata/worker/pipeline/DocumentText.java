package relata.worker.pipeline;

import java.util.List;
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
    Room room = new Room(limits, (long) title.length() + body.length());
    List<Block> blocks =
        format.equals("markdown") ? MarkdownBlocks.read(body, room) : PlainText.blocks(body, room);
    return Splitter.split(title, blocks, rule, room);
  }

  /** The chunks that it was split into, with a description of it. */
  SplitResult describe(List<Chunk> chunks, String description, SplitRule rule, SplitLimits limits) {
    return Splitter.describe(
        title, description, chunks, rule, new Room(limits, description.length()));
  }

  /** Nothing in it could be described. */
  boolean isBlank() {
    return title.isBlank() && body.isBlank();
  }
}
