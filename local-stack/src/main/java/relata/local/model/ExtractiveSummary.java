package relata.local.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The model {@code extract}: the first sentence of a prompt and its most central ones, in the
 * prompt's order. Where a prompt delimits a document, only that is looked at, as a model that
 * follows the prompt would. No language model; the same prompt always gives the same answer.
 */
final class ExtractiveSummary {

  /** The most tokens of a summary. */
  static final int MAX_TOKENS = 128;

  /** The tokens of a prompt that are looked at. */
  static final int CONTEXT_TOKENS = 16_384;

  /** And its characters, of which a token has about six. */
  private static final int CONTEXT_CHARACTERS = 8 * CONTEXT_TOKENS;

  private static final int MAX_SENTENCES = 5;

  /** Headings and captions say what a text is about, but are no sentences of it. */
  private static final int LEAST_WORDS = 4;

  /** As embedding-worker delimits a document: two lines with the same hash. */
  private static final Pattern DOCUMENT =
      Pattern.compile(
          "<document ([0-9a-f]{32})>\\R(?:Title: )?(.*)</document \\1>", Pattern.DOTALL);

  /** To be changed together with what the answers depend on. */
  private static final String VERSION = "relata extract 2";

  /**
   * @param pieces the summary, sentence by sentence; joined as they are
   * @param promptTokens the prompt's tokens that were looked at
   * @param cutShort whether it ends before its own end because of a limit
   */
  record Summary(List<String> pieces, int promptTokens, int tokens, boolean cutShort) {

    Summary {
      pieces = List.copyOf(pieces);
    }
  }

  static String digest() {
    try {
      byte[] version = VERSION.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(version));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param maxTokens cuts the summary short; it does not make it choose other sentences
   */
  Summary summarize(String prompt, int maxTokens) {
    List<Sentence> seen = withinContext(document(prompt));
    int promptTokens = seen.stream().mapToInt(Sentence::tokens).sum();
    int limit = Math.min(maxTokens, MAX_TOKENS);
    List<String> pieces = new ArrayList<>();
    int tokens = 0;
    for (Sentence sentence : chosen(seen)) {
      String piece = sentence.first(limit - tokens);
      if (!piece.isEmpty()) {
        pieces.add(pieces.isEmpty() ? piece : " " + piece);
      }
      tokens += sentence.tokens();
    }
    return new Summary(pieces, promptTokens, Math.min(tokens, limit), tokens > limit);
  }

  private static String document(String prompt) {
    Matcher document = DOCUMENT.matcher(prompt);
    return document.find() ? document.group(2) : prompt;
  }

  private static List<Sentence> withinContext(String prompt) {
    List<Sentence> sentences =
        Sentence.in(prompt.substring(0, Math.min(prompt.length(), CONTEXT_CHARACTERS)));
    int tokens = 0;
    int end = 0;
    while (end < sentences.size() && tokens < CONTEXT_TOKENS) {
      tokens += sentences.get(end).tokens();
      end++;
    }
    return sentences.subList(0, end);
  }

  private static List<Sentence> chosen(List<Sentence> seen) {
    List<Sentence> full = seen.stream().filter(s -> s.words().size() >= LEAST_WORDS).toList();
    List<Sentence> sentences = full.isEmpty() ? seen : full;
    if (sentences.isEmpty()) {
      return List.of();
    }
    double[] centrality = Centrality.of(sentences);
    List<Integer> ranking =
        IntStream.range(1, sentences.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -centrality[i]))
            .toList();
    Set<Integer> taken = new TreeSet<>(Set.of(0));
    Set<String> texts = new HashSet<>(Set.of(sentences.getFirst().text()));
    int tokens = sentences.getFirst().tokens();
    for (int i : ranking) {
      Sentence next = sentences.get(i);
      boolean fits = tokens + next.tokens() <= MAX_TOKENS && taken.size() < MAX_SENTENCES;
      if (fits && texts.add(next.text())) {
        taken.add(i);
        tokens += next.tokens();
      }
    }
    return taken.stream().map(sentences::get).toList();
  }
}
