package relata.worker.pipeline;

import java.util.List;
import relata.worker.markdown.MarkdownBlocks;
import relata.worker.split.Block;
import relata.worker.split.Chunk;
import relata.worker.split.PlainText;
import relata.worker.split.SplitRule;
import relata.worker.split.Splitter;

/** What a document says at a version. */
record DocumentText(long documentId, long version, String title, String body, String format) {
  List<Chunk> split(SplitRule rule) {
    List<Block> blocks =
        format.equals("markdown") ? MarkdownBlocks.read(body) : PlainText.blocks(body);
    return Splitter.chunks(title, blocks, rule);
  }
}
