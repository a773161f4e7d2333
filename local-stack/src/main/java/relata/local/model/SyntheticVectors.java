package relata.local.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Vectors as JSON text, a pure function of the text that they stand for. They are put together from
 * ready pieces of several numbers, so that 64 of 768 components cost less than a millisecond; of
 * length about 1. Two texts have a cosine of about the share of places in which both have the same
 * piece: without topics none, with them more the closer both keep to what their topic has there.
 */
final class SyntheticVectors {

  private static final long SEED = 20_250_101;
  private static final int PIECES = 4_096;
  private static final int NUMBERS = 8;
  private static final int BYTES_A_NUMBER = 13;

  /** How much of its topic a text has at least; the closest has all. */
  private static final double LEAST_SHARE = 0.5;

  /** Topics of one theme have half of their pieces in common, so that they are somewhat alike. */
  private static final int TOPICS_A_THEME = 128;

  private static final double THEME_SHARE = 0.5;

  /** The first topics are the largest. */
  private static final double SKEW = 1.5;

  private final int dimension;
  private final int topics;
  private final byte[][] pieces = new byte[PIECES][];

  /**
   * @param topics 0: no two texts are alike
   */
  SyntheticVectors(int dimension, int topics) {
    this.dimension = dimension;
    this.topics = topics;
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
    SplittableRandom random = new SplittableRandom(hash(text));
    int topic = (int) (topics * Math.pow(random.nextDouble(), SKEW));
    double share = topics == 0 ? 0 : random.nextDouble(LEAST_SHARE, 1);
    int places = dimension / NUMBERS;
    for (int place = 0; place < places; place++) {
      byte[] piece =
          random.nextDouble() < share
              ? pieces[ofTopic(topic, place)]
              : pieces[random.nextInt(PIECES)];
      int from = place == 0 ? 1 : 0;
      json.write(piece, from, piece.length - from);
    }
    for (int i = places * NUMBERS; i < dimension; i++) {
      json.writeBytes(ascii((i == 0 ? "" : ",") + (float) random.nextDouble(0.001, 0.1)));
    }
  }

  /** The piece that a topic has in a place: its own, or that of its theme. */
  private static int ofTopic(int topic, int place) {
    SplittableRandom random = new SplittableRandom(((long) topic << 32) + place);
    if (random.nextDouble() >= THEME_SHARE) {
      return random.nextInt(PIECES);
    }
    long theme = -1L - topic / TOPICS_A_THEME;
    return new SplittableRandom((theme << 32) + place).nextInt(PIECES);
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
