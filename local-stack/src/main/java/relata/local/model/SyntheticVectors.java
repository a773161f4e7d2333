package relata.local.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Vectors as JSON text, a pure function of the text that they stand for. They are put together from
 * ready pieces of several numbers, so that 64 of 768 components cost less than a millisecond; of
 * length about 1, and about orthogonal to each other. With topics they are numbers that have to be
 * written, which costs some times as much.
 */
final class SyntheticVectors {

  private static final long SEED = 20_250_101;
  private static final int PIECES = 4_096;
  private static final int NUMBERS = 8;
  private static final int BYTES_A_NUMBER = 13;

  private static final int DECIMALS = 6;
  private static final int SCALE = 1_000_000;

  private final int dimension;
  private final byte[][] pieces = new byte[PIECES][];
  private final Optional<SyntheticTopics> topics;

  /**
   * @param topics how many things texts are about; 0: no two texts are alike
   */
  SyntheticVectors(int dimension, int topics) {
    this.dimension = dimension;
    this.topics =
        topics == 0 ? Optional.empty() : Optional.of(new SyntheticTopics(dimension, topics));
    SplittableRandom random = new SplittableRandom(SEED);
    // Uniform in ±bound, the variance of a component is 1/dimension.
    double bound = Math.sqrt(3.0 / dimension);
    for (int piece = 0; piece < PIECES; piece++) {
      StringBuilder numbers = new StringBuilder();
      for (int i = 0; i < NUMBERS; i++) {
        numbers.append(',').append((float) random.nextDouble(-bound, bound));
      }
      pieces[piece] = numbers.toString().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The answer of {@code /api/embed}. */
  byte[] answer(String model, List<String> texts) {
    ByteArrayOutputStream json =
        new ByteArrayOutputStream(64 + texts.size() * dimension * BYTES_A_NUMBER);
    int tokens = 0;
    json.writeBytes(ascii("{\"model\":\"" + model + "\",\"embeddings\":["));
    for (int i = 0; i < texts.size(); i++) {
      json.writeBytes(ascii(i == 0 ? "[" : ",["));
      append(texts.get(i), json);
      json.write(']');
      tokens += 1 + texts.get(i).length() / 4;
    }
    json.writeBytes(ascii("],\"prompt_eval_count\":" + tokens + "}"));
    return json.toByteArray();
  }

  private void append(String text, ByteArrayOutputStream json) {
    // Twelve bits choose a piece; SplitMix64 makes as many as are needed of the text's hash.
    SplittableRandom random = new SplittableRandom(hash(text));
    if (topics.isPresent()) {
      append(topics.get().vector(random), json);
      return;
    }
    int left = dimension;
    boolean first = true;
    while (left >= NUMBERS) {
      long bits = random.nextLong();
      for (int i = 0; i < 5 && left >= NUMBERS; i++) {
        byte[] piece = pieces[(int) (bits & (PIECES - 1))];
        int from = first ? 1 : 0;
        json.write(piece, from, piece.length - from);
        first = false;
        bits >>>= 12;
        left -= NUMBERS;
      }
    }
    for (; left > 0; left--) {
      json.writeBytes(ascii((first ? "" : ",") + (float) random.nextDouble(0.001, 0.1)));
      first = false;
    }
  }

  /** With six decimals, by hand: {@link Float#toString(float)} takes ten times as long. */
  private static void append(float[] vector, ByteArrayOutputStream json) {
    byte[] digits = new byte[DECIMALS];
    for (int i = 0; i < vector.length; i++) {
      int millionths = Math.round(vector[i] * SCALE);
      if (i > 0) {
        json.write(',');
      }
      if (millionths < 0) {
        json.write('-');
      }
      int left = Math.abs(millionths);
      for (int digit = DECIMALS - 1; digit >= 0; digit--) {
        digits[digit] = (byte) ('0' + left % 10);
        left /= 10;
      }
      json.write('0' + left);
      json.write('.');
      json.write(digits, 0, DECIMALS);
    }
  }

  /** 64 bits (FNV-1a over the characters): two texts of a bench never share one by chance. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
