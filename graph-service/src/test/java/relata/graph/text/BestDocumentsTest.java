package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class BestDocumentsTest {
  private static final List<String> WORDS =
      List.of("apple", "pear", "plum", "cherry", "quince", "fig", "olive", "almond");

  private static final int DOCUMENTS = 400;
  private static final int CHANGES = 600;
  private static final TextQuery QUERY = new TextQuery.Typed("apple plum fig", 16);

  private static final Comparator<TextHit> BEST_CHUNK_FIRST =
      Comparator.comparingDouble(TextHit::score).reversed().thenComparingInt(TextHit::ordinal);

  private final SplittableRandom random = new SplittableRandom(20_261_128);
  private final Map<Long, TextDocument> written = new HashMap<>();
  private final LuceneIndex index = new LuceneIndex(Language.EN);

  /** Some score alike, some have many chunks, and some stand in many parts of the index. */
  private void write() {
    for (int change = 0; change < CHANGES; change++) {
      long id = random.nextLong(1, DOCUMENTS);
      if (random.nextInt(10) == 0) {
        written.remove(id);
        index.apply(List.of(), List.of(id));
      } else {
        written.put(id, document(id));
        index.apply(List.of(written.get(id)), List.of());
      }
    }
  }

  private TextDocument document(long id) {
    List<TextChunk> chunks = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(6); i++) {
      chunks.add(new TextChunk(i, "paragraph", List.of("Fruit"), text()));
    }
    return new TextDocument(id, chunks);
  }

  private String text() {
    StringBuilder text = new StringBuilder("once");
    for (int i = 0; i < random.nextInt(1, 5); i++) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  /** Each document's best chunk, of every chunk's own score. */
  private List<TextHit> oneByOne() {
    List<ChunkKey> keys = new ArrayList<>();
    written.forEach(
        (id, document) ->
            document.chunks().forEach(chunk -> keys.add(new ChunkKey(id, chunk.ordinal()))));
    Map<Long, TextHit> best = new HashMap<>();
    index
        .scores(QUERY, keys)
        .forEach(
            (key, score) ->
                best.merge(
                    key.documentId(),
                    new TextHit(key.documentId(), key.ordinal(), score),
                    BinaryOperator.minBy(BEST_CHUNK_FIRST)));
    return best.values().stream()
        .sorted(
            Comparator.comparingDouble(TextHit::score)
                .reversed()
                .thenComparingLong(TextHit::documentId))
        .toList();
  }

  @Test
  void theBestOfAllAreFoundHoweverFewAreAskedFor() {
    write();
    List<TextHit> all = oneByOne();
    assertTrue(all.size() > DOCUMENTS / 3);
    assertEquals(all, index.search(QUERY, DOCUMENTS));
    for (int limit : new int[] {1, 2, 3, 10, 50, all.size() - 1, all.size()}) {
      assertEquals(all.subList(0, limit), index.search(QUERY, limit), limit + " documents");
    }
  }

  @Test
  void ofEquallyGoodDocumentsThoseWithTheLowestIdsAreFound() {
    for (long id = 50; id >= 1; id--) {
      index.apply(
          List.of(
              new TextDocument(
                  id, List.of(new TextChunk(0, "paragraph", List.of("Fruit"), "an apple")))),
          List.of());
    }
    assertEquals(
        List.of(1L, 2L, 3L), index.search(QUERY, 3).stream().map(TextHit::documentId).toList());
  }
}
