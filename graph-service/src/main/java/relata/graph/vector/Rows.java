package relata.graph.vector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The writer's side of the blocks of one dimension. Guarded by the index. */
final class Rows {
  static final Block[] NO_BLOCKS = {};

  private final int dimension;
  private final List<Block> blocks = new ArrayList<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  /** Blocks that no reader has seen yet, and that may still be changed. */
  private final BitSet unpublished = new BitSet();

  private Block[] published = NO_BLOCKS;

  Rows(int dimension) {
    this.dimension = dimension;
  }

  int dimension() {
    return dimension;
  }

  int used() {
    return blocks.size() * Block.ROWS - free.size();
  }

  int[] add(DocumentVectors document) {
    int[] positions = new int[document.count()];
    for (int i = 0; i < positions.length; i++) {
      if (free.isEmpty()) {
        addBlock();
      }
      positions[i] = free.poll();
      writable(positions[i] / Block.ROWS).set(positions[i] % Block.ROWS, document, i);
    }
    return positions;
  }

  void remove(int[] positions) {
    for (int position : positions) {
      writable(position / Block.ROWS).clear(position % Block.ROWS);
      free.push(position);
    }
  }

  DocumentVectors read(long documentId, int[] positions) {
    int[] ordinals = new int[positions.length];
    float[] values = new float[positions.length * dimension];
    for (int i = 0; i < positions.length; i++) {
      Block block = blocks.get(positions[i] / Block.ROWS);
      int row = positions[i] % Block.ROWS;
      ordinals[i] = block.ordinals[row];
      block.read(row, values, i * dimension);
    }
    return new DocumentVectors(documentId, dimension, ordinals, values);
  }

  boolean holds(int[] positions, DocumentVectors document) {
    return document.dimension() == dimension
        && document.count() == positions.length
        && document.hasContentOf(read(document.documentId(), positions));
  }

  /** What readers may scan from now on. */
  Block[] publish() {
    if (!unpublished.isEmpty()) {
      published = blocks.toArray(NO_BLOCKS);
      unpublished.clear();
    }
    return published;
  }

  private Block writable(int index) {
    if (!unpublished.get(index)) {
      blocks.set(index, blocks.get(index).copy());
      unpublished.set(index);
    }
    return blocks.get(index);
  }

  private void addBlock() {
    unpublished.set(blocks.size());
    for (int row = 0; row < Block.ROWS; row++) {
      free.add(blocks.size() * Block.ROWS + row);
    }
    blocks.add(new Block(dimension));
  }
}
