package relata.graph.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The words of a text, as an analyzer makes them. */
final class Words {
  /** The field decides nothing: every field of text has the same analyzer. */
  private static final String FIELD = ChunkFields.TEXT;

  private Words() {}

  /**
   * @param word as it is indexed
   * @param position among the words, counting those that were left out
   * @param start offset of its first character in the text
   * @param end offset behind its last character
   */
  record Word(String word, int position, int start, int end) {}

  static List<Word> of(Analyzer analyzer, String text) {
    List<Word> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream(FIELD, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
      OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      int position = -1;
      while (tokens.incrementToken()) {
        position += step.getPositionIncrement();
        words.add(new Word(term.toString(), position, offset.startOffset(), offset.endOffset()));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("analysing text in memory", impossible);
    }
    return words;
  }
}
