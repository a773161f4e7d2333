package relata.graph.network;

import java.util.Arrays;

/** Collects nodes and the entries of neighbour lists, an edge once or from both of its ends. */
public final class NetworkBuilder {
  private static final int FIRST_CAPACITY = 1024;

  private long[] documentIds = new long[FIRST_CAPACITY];
  private int nodes;
  private long[] lows = new long[FIRST_CAPACITY];
  private long[] highs = new long[FIRST_CAPACITY];
  private double[] similarities = new double[FIRST_CAPACITY];
  private int entries;

  /** A document, in any order, once. */
  public void node(long documentId) {
    if (nodes == documentIds.length) {
      documentIds = Arrays.copyOf(documentIds, 2 * nodes);
    }
    documentIds[nodes++] = documentId;
  }

  /** An entry of a document's list; both entries of a pair have the same similarity. */
  public void entry(long documentId, long neighborId, double similarity) {
    if (entries == lows.length) {
      lows = Arrays.copyOf(lows, 2 * entries);
      highs = Arrays.copyOf(highs, 2 * entries);
      similarities = Arrays.copyOf(similarities, 2 * entries);
    }
    lows[entries] = Math.min(documentId, neighborId);
    highs[entries] = Math.max(documentId, neighborId);
    similarities[entries++] = similarity;
  }

  public int entries() {
    return entries;
  }

  /** Entries with a document that is no node are left out. */
  public Network build() {
    long[] ids = Arrays.copyOf(documentIds, nodes);
    Arrays.sort(ids);
    int[] low = new int[entries];
    int[] high = new int[entries];
    int[] first = new int[nodes + 1];
    for (int entry = 0; entry < entries; entry++) {
      low[entry] = Arrays.binarySearch(ids, lows[entry]);
      high[entry] = Arrays.binarySearch(ids, highs[entry]);
      if (low[entry] >= 0 && high[entry] >= 0) {
        first[low[entry] + 1]++;
        first[high[entry] + 1]++;
      }
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] others = new int[first[nodes]];
    double[] weights = new double[others.length];
    int[] end = Arrays.copyOf(first, nodes);
    for (int entry = 0; entry < entries; entry++) {
      if (low[entry] >= 0 && high[entry] >= 0) {
        add(others, weights, end[low[entry]]++, high[entry], similarities[entry]);
        add(others, weights, end[high[entry]]++, low[entry], similarities[entry]);
      }
    }
    return compact(ids, first, others, weights);
  }

  private static void add(int[] others, double[] weights, int at, int other, double similarity) {
    others[at] = other;
    weights[at] = similarity;
  }

  /** Puts each node's neighbours in order, and keeps of those that were told twice one. */
  private static Network compact(long[] ids, int[] first, int[] others, double[] weights) {
    int[] compacted = new int[ids.length + 1];
    int size = 0;
    for (int node = 0; node < ids.length; node++) {
      int[] order = ordered(others, first[node], first[node + 1]);
      for (int i = 0; i < order.length; i++) {
        int other = others[order[i]];
        if (i == 0 || other != others[order[i - 1]]) {
          size++;
        }
      }
      compacted[node + 1] = size;
    }
    int[] unique = new int[size];
    double[] similarities = new double[size];
    for (int node = 0, at = 0; node < ids.length; node++) {
      int[] order = ordered(others, first[node], first[node + 1]);
      for (int i = 0; i < order.length; i++) {
        if (i == 0 || others[order[i]] != others[order[i - 1]]) {
          add(unique, similarities, at++, others[order[i]], weights[order[i]]);
        }
      }
    }
    return new Network(ids, compacted, unique, similarities);
  }

  /** The places from one on, in the order of the neighbours there. */
  private static int[] ordered(int[] others, int from, int to) {
    long[] keys = new long[to - from];
    for (int at = from; at < to; at++) {
      keys[at - from] = (long) others[at] << Integer.SIZE | at;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
