package relata.graph.text;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;

/** Which chunks stand in a part of an index; to be asked in the order in which they stand. */
final class ChunkNumbers {
  private final NumericDocValues documentIds;
  private final NumericDocValues ordinals;

  ChunkNumbers(LeafReaderContext leaf) throws IOException {
    documentIds = leaf.reader().getNumericDocValues(ChunkFields.DOCUMENT_ID);
    ordinals = leaf.reader().getNumericDocValues(ChunkFields.ORDINAL);
  }

  long documentId(int at) throws IOException {
    return number(documentIds, at);
  }

  int ordinal(int at) throws IOException {
    return (int) number(ordinals, at);
  }

  private static long number(NumericDocValues values, int at) throws IOException {
    if (values == null || !values.advanceExact(at)) {
      throw new IllegalStateException("a chunk without its document or ordinal");
    }
    return values.longValue();
  }
}
