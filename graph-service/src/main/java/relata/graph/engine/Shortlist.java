package relata.graph.engine;

import java.util.Arrays;

/**
 * The rows with the highest scores of those offered, in no order: a heap with the lowest on top.
 */
final class Shortlist {
  private final float[] scores;
  private final int[] positions;
  private int size;
  private long turnedAway;

  Shortlist(int capacity) {
    scores = new float[capacity];
    positions = new int[capacity];
  }

  int size() {
    return size;
  }

  int capacity() {
    return scores.length;
  }

  /** All of them, ascending. */
  int[] positions() {
    int[] ascending = Arrays.copyOf(positions, size);
    Arrays.sort(ascending);
    return ascending;
  }

  int position(int index) {
    return positions[index];
  }

  /** How many of those offered are not in it. */
  long turnedAway() {
    return turnedAway;
  }

  /** What a score has to exceed to get in. */
  float floor() {
    return size < scores.length
        ? Float.NEGATIVE_INFINITY
        : size == 0 ? Float.POSITIVE_INFINITY : scores[0];
  }

  void offer(float score, int position) {
    if (size < scores.length) {
      up(size++, score, position);
      return;
    }
    turnedAway++;
    if (score > floor()) {
      down(score, position);
    }
  }

  private void up(int from, float score, int position) {
    int at = from;
    while (at > 0 && scores[(at - 1) / 2] > score) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    scores[at] = score;
    positions[at] = position;
  }

  private void down(float score, int position) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && scores[child + 1] < scores[child]) {
        child++;
      }
      if (scores[child] >= score) {
        break;
      }
      move(child, at);
      at = child;
    }
    scores[at] = score;
    positions[at] = position;
  }

  private void move(int from, int to) {
    scores[to] = scores[from];
    positions[to] = positions[from];
  }
}
