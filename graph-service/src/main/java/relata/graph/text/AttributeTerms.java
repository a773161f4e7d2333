package relata.graph.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.NumericUtils;

/**
 * Metadata as terms of one field: the path, a zero, the type, the value; numbers in the order of
 * their bytes. A field of Lucene's for each path would cost memory for every path that anybody ever
 * made up. A path holds no zero, because PostgreSQL keeps none in JSON.
 */
final class AttributeTerms {
  static final String FIELD = "attribute";

  private static final byte SEPARATOR = 0;
  private static final byte EXISTS = 'e';
  private static final byte TEXT = 't';
  private static final byte NUMBER = 'n';
  private static final byte FLAG = 'f';

  private AttributeTerms() {}

  static void add(Document document, List<Attribute> attributes) {
    Set<BytesRef> terms = new HashSet<>();
    for (Attribute attribute : attributes) {
      String path = attribute.path();
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        terms.add(exists(path.substring(0, dot)));
      }
      terms.add(exists(path));
      if (!(attribute.value() instanceof Value.Opaque)) {
        terms.add(value(path, attribute.value()));
      }
    }
    for (BytesRef term : terms) {
      document.add(new StringField(FIELD, term, Field.Store.NO));
    }
  }

  static Term term(BytesRef bytes) {
    return new Term(FIELD, bytes);
  }

  static BytesRef exists(String path) {
    return start(path, EXISTS).toBytesRef();
  }

  static BytesRef value(String path, Value value) {
    return switch (value) {
      case Value.Text(String text) -> {
        BytesRefBuilder bytes = start(path, TEXT);
        bytes.append(new BytesRef(text));
        yield bytes.toBytesRef();
      }
      case Value.Number(double number) -> {
        byte[] sortable = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(number), sortable, 0);
        BytesRefBuilder bytes = start(path, NUMBER);
        bytes.append(sortable, 0, sortable.length);
        yield bytes.toBytesRef();
      }
      case Value.Flag(boolean isTrue) -> {
        BytesRefBuilder bytes = start(path, FLAG);
        bytes.append((byte) (isTrue ? 1 : 0));
        yield bytes.toBytesRef();
      }
      case Value.Opaque _ -> throw new IllegalArgumentException("nothing to compare at " + path);
    };
  }

  private static BytesRefBuilder start(String path, byte type) {
    BytesRefBuilder bytes = new BytesRefBuilder();
    bytes.copyChars(path);
    bytes.append(SEPARATOR);
    bytes.append(type);
    return bytes;
  }
}
