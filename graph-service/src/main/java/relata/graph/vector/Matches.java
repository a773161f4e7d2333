package relata.graph.vector;

import java.util.Arrays;

/**
 * The documents that are similar to one, each once, with its best pair of chunks, in no order. Held
 * in primitive arrays, because with a low threshold it holds the whole generation.
 */
public final class Matches {
  private static final int FIRST_CAPACITY = 16;

  private final long documentId;
  private long[] others = new long[FIRST_CAPACITY];
  private double[] similarities = new double[FIRST_CAPACITY];
  private int[] chunks = new int[FIRST_CAPACITY];
  private int[] otherChunks = new int[FIRST_CAPACITY];
  private int size;

  /** Open addressing: position in the arrays + 1, 0 where there is none. */
  private int[] table = new int[2 * FIRST_CAPACITY];

  public Matches(long documentId) {
    this.documentId = documentId;
  }

  /** The document that the others are similar to. */
  public long documentId() {
    return documentId;
  }

  public int size() {
    return size;
  }

  public long otherId(int index) {
    return others[index];
  }

  public double similarity(int index) {
    return similarities[index];
  }

  /** Ordinal of the chunk of {@link #documentId}. */
  public int chunk(int index) {
    return chunks[index];
  }

  /** Ordinal of the chunk of {@link #otherId}. */
  public int otherChunk(int index) {
    return otherChunks[index];
  }

  /** Keeps a pair of chunks if it is the best of the two documents so far. */
  public void offer(long other, double similarity, int chunk, int otherChunk) {
    int slot = slot(table, other);
    if (table[slot] == 0) {
      append(slot, other, similarity, chunk, otherChunk);
      return;
    }
    int index = table[slot] - 1;
    if (similarity > similarities[index]
        || (similarity == similarities[index] && isLower(other, chunk, otherChunk, index))) {
      similarities[index] = similarity;
      chunks[index] = chunk;
      otherChunks[index] = otherChunk;
    }
  }

  private boolean isLower(long other, int chunk, int otherChunk, int index) {
    boolean first = documentId < other;
    int low =
        Integer.compare(first ? chunk : otherChunk, first ? chunks[index] : otherChunks[index]);
    int high =
        Integer.compare(first ? otherChunk : chunk, first ? otherChunks[index] : chunks[index]);
    return low < 0 || (low == 0 && high < 0);
  }

  private void append(int slot, long other, double similarity, int chunk, int otherChunk) {
    if (size == others.length) {
      int capacity = 2 * size;
      others = Arrays.copyOf(others, capacity);
      similarities = Arrays.copyOf(similarities, capacity);
      chunks = Arrays.copyOf(chunks, capacity);
      otherChunks = Arrays.copyOf(otherChunks, capacity);
    }
    others[size] = other;
    similarities[size] = similarity;
    chunks[size] = chunk;
    otherChunks[size] = otherChunk;
    size++;
    table[slot] = size;
    if (2 * size >= table.length) {
      grow();
    }
  }

  private void grow() {
    int[] larger = new int[2 * table.length];
    for (int index = 0; index < size; index++) {
      larger[slot(larger, others[index])] = index + 1;
    }
    table = larger;
  }

  private int slot(int[] in, long other) {
    int mask = in.length - 1;
    int slot = (int) ((other * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (in[slot] != 0 && others[in[slot] - 1] != other) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
