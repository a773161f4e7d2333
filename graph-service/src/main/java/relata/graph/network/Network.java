package relata.graph.network;

import java.util.Arrays;

/**
 * The edges of a generation in memory: an undirected graph whose nodes are numbered in the order of
 * their documents' ids. The neighbours of a node stand side by side, ascending. Never changes.
 *
 * <p>All that is computed on it is a function of the graph alone: ties are decided by number, and
 * sums have one order, so every replica answers alike.
 */
public final class Network {
  /** No node. */
  public static final int NONE = -1;

  private final long[] documentIds;

  /** Where a node's neighbours begin, and behind the last node's where they end. */
  private final int[] first;

  private final int[] others;
  private final double[] similarities;

  Network(long[] documentIds, int[] first, int[] others, double[] similarities) {
    this.documentIds = documentIds;
    this.first = first;
    this.others = others;
    this.similarities = similarities;
  }

  public int nodeCount() {
    return documentIds.length;
  }

  /** Unordered pairs. */
  public int edgeCount() {
    return others.length / 2;
  }

  public long documentId(int node) {
    return documentIds[node];
  }

  /** The node of a document, or {@link #NONE}. */
  public int node(long documentId) {
    int node = Arrays.binarySearch(documentIds, documentId);
    return node < 0 ? NONE : node;
  }

  public int degree(int node) {
    return first[node + 1] - first[node];
  }

  /** Where the node's neighbours begin, for {@link #other} and {@link #similarity}. */
  public int from(int node) {
    return first[node];
  }

  /** Where the node's neighbours end. */
  public int to(int node) {
    return first[node + 1];
  }

  /** The neighbour at a place. */
  public int other(int at) {
    return others[at];
  }

  /** How similar the neighbour at a place is. */
  public double similarity(int at) {
    return similarities[at];
  }

  /** About how much memory it takes. */
  public long sizeBytes() {
    return (long) Long.BYTES * documentIds.length
        + (long) Integer.BYTES * (first.length + others.length)
        + (long) Double.BYTES * similarities.length;
  }
}
