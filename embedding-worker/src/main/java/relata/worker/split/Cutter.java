package relata.worker.split;

import java.util.ArrayList;
import java.util.List;
import relata.worker.split.Words.Word;

/**
 * Cuts a long text into parts of at most a size, behind a sentence where one ends in the part's
 * second half, else behind a word, and inside a word only where the word is larger than a part. A
 * part begins with the last words of the one before it, as many as the overlap holds.
 */
final class Cutter {
  private Cutter() {}

  /**
   * The parts in order, as many as there is room for as chunks; every word is in at least one, and
   * none adds nothing to the one before.
   */
  static List<String> cut(String text, int size, int overlap, Room room) {
    Words words = new Words(text, size);
    List<String> parts = new ArrayList<>();
    int from = 0;
    int covered = 0;
    while (words.has(covered)) {
      int to = fitting(words, from, size);
      if (words.has(to)) {
        to = afterSentence(words, from, to, covered, size);
      }
      int start = words.get(from).start();
      int end = words.get(to - 1).end();
      if (!room.takesChunk(end - start)) {
        break;
      }
      parts.add(text.substring(start, end));
      covered = to;
      if (words.has(covered)) {
        from = repeatFrom(words, from, covered, overlap, size);
        words.forget(from);
      }
    }
    return parts;
  }

  /** Two parts about equally large and without overlap; empty for fewer than two characters. */
  static List<String> halves(String text) {
    int total = Tokens.estimate(text, 0, text.length());
    List<Word> words = Words.of(text, Math.max(1, total / 2));
    if (words.size() < 2) {
      return List.of();
    }
    int middle = 1;
    int sum = words.getFirst().size();
    while (middle < words.size() - 1 && 2 * (sum + words.get(middle).size()) <= total) {
      sum += words.get(middle).size();
      middle++;
    }
    return List.of(
        text.substring(words.getFirst().start(), words.get(middle - 1).end()),
        text.substring(words.get(middle).start(), words.getLast().end()));
  }

  private static int fitting(Words words, int from, int size) {
    int to = from;
    int sum = 0;
    while (words.has(to) && sum + words.get(to).size() <= size) {
      sum += words.get(to).size();
      to++;
    }
    return to;
  }

  private static int afterSentence(Words words, int from, int to, int covered, int size) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += words.get(i).size();
    }
    int cut = to;
    while (cut > covered && 2 * sum >= size) {
      if (words.get(cut - 1).endsSentence()) {
        return cut;
      }
      cut--;
      sum -= words.get(cut).size();
    }
    return to;
  }

  private static int repeatFrom(Words words, int from, int covered, int overlap, int size) {
    int start = covered;
    int repeated = 0;
    // With the next word behind it, or the part would say nothing new.
    int room = Math.min(overlap, size - words.get(covered).size());
    while (start - 1 > from && repeated + words.get(start - 1).size() <= room) {
      start--;
      repeated += words.get(start).size();
    }
    for (int sentence = start; sentence < covered; sentence++) {
      if (words.get(sentence - 1).endsSentence()) {
        return sentence;
      }
    }
    return start;
  }
}
