package relata.graph.text;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * The words that tell a document from others: those that it has often and others seldom, by tf·idf.
 * (As Lucene's MoreLikeThis, of texts that are at hand.)
 */
final class SalientWords {
  private SalientWords() {}

  private record Weighed(String word, double weight) {}

  /** The best words, as they are indexed, the most telling first, ties by spelling. */
  static List<String> of(
      Language language, IndexReader reader, List<TextChunk> chunks, int maxWords)
      throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> texts = new HashSet<>();
    for (TextChunk chunk : chunks) {
      // A title that is a chunk, or a heading above many, counts once.
      for (String text : List.of(chunk.title(), chunk.headings(), chunk.text())) {
        if (texts.add(text)) {
          Words.of(Analyzers.of(language), text)
              .forEach(word -> counts.merge(word.word(), 1, Integer::sum));
        }
      }
    }
    double all = Math.max(1, reader.numDocs());
    Map<String, Double> weights = new HashMap<>();
    for (Map.Entry<String, Integer> of : counts.entrySet()) {
      int with = reader.docFreq(new Term(ChunkFields.TEXT, of.getKey()));
      double rarity = Math.log(1 + (all - Math.min(all, with) + 0.5) / (with + 0.5));
      weights.put(of.getKey(), of.getValue() * rarity);
    }
    return weights.entrySet().stream()
        .map(of -> new Weighed(of.getKey(), of.getValue()))
        .sorted(Comparator.comparingDouble(Weighed::weight).reversed().thenComparing(Weighed::word))
        .limit(maxWords)
        .map(Weighed::word)
        .toList();
  }
}
