package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {

  private static MiniLm model;

  @BeforeAll
  static void load() {
    model = MiniLmFiles.load();
  }

  @AfterAll
  static void unload() {
    model.close();
  }

  @Test
  void vectorsAreThoseOfTheLibraryThatTheModelComesWith() {
    var library = new AllMiniLmL6V2QuantizedEmbeddingModel();
    for (String text :
        List.of(
            "Why is the sky blue?",
            "A résumé of Übergrößen, naïvely: 3.14159 & more!",
            "The consumer acknowledges each message after it has stored the result.")) {
      float[] expected = library.embed(text).content().vector();
      float[] actual = embed(text);
      double cosine = 0;
      for (int i = 0; i < actual.length; i++) {
        cosine += actual[i] * (double) expected[i];
      }
      assertEquals(1, cosine, 1e-5, text);
    }
  }

  @Test
  void callsAtTheSameTimeDoNotChangeEachOther() {
    List<String> texts =
        Stream.iterate("river", text -> text + " bank").limit(24).collect(Collectors.toList());
    List<float[]> alone = texts.stream().map(MiniLmTest::embed).toList();

    List<float[]> together = texts.parallelStream().map(MiniLmTest::embed).toList();

    for (int i = 0; i < texts.size(); i++) {
      assertArrayEquals(alone.get(i), together.get(i), texts.get(i));
    }
  }

  @Test
  void tokensOfWindowsAreTheTokensOfTheWhole() {
    String signs = "ab1 \n\t.,![]()-_#'é漢字\u3400ß😀\u0301\u0000";
    List<String> marked = List.of("[SEP]", "[CLS]", "don't", "straße", " ", "[", "]");
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 60) {
        if (random.nextInt(4) == 0) {
          text.append(marked.get(random.nextInt(marked.size())));
        } else {
          int at = random.nextInt(signs.codePointCount(0, signs.length()));
          text.appendCodePoint(signs.codePointAt(signs.offsetByCodePoints(0, at)));
        }
      }
      String whole = text.toString();
      long[] expected = model.wordPieces().tokens(whole, 1_000, 1_000).ids();
      assertArrayEquals(
          expected, model.wordPieces().tokens(whole, 1_000, 1).ids(), () -> "text: " + whole);
    }
  }

  @Test
  void longTextIsTokenisedNoFartherThanTheContext() {
    String book = "Every message is stored on disk. ".repeat(250_000);

    WordPieces.Tokens tokens = model.wordPieces().tokens(book, 256);
    WordPieces.Tokens all = model.wordPieces().tokens(book, book.length());
    assertTrue(tokens.cut());
    assertEquals(256, tokens.ids().length);
    assertTrue(all.ids().length > 1_000_000, all.ids().length + " tokens");

    long cut = LongStream.range(0, 5).map(_ -> nanos(book, 256)).min().getAsLong();
    long whole = nanos(book, book.length());
    assertTrue(cut < whole / 20, "%d of %d ns".formatted(cut, whole));
  }

  private static long nanos(String text, int context) {
    long start = System.nanoTime();
    model.wordPieces().tokens(text, context);
    return System.nanoTime() - start;
  }

  @Test
  void endlessWordIsTokenisedInParts() {
    String pairs = "\uD83D\uDE00x".repeat(200_000);

    assertEquals(2 + 1, model.wordPieces().tokens("x".repeat(60_000), 256).ids().length);
    assertEquals(2 + 10, model.wordPieces().tokens(pairs, 256).ids().length);
  }

  private static float[] embed(String text) {
    return model.embed(model.wordPieces().tokens(text, MiniLm.CONTEXT_TOKENS).ids());
  }
}
