package relata.local.source;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/** Leaves out the byte order mark that some programs write before the first column's name. */
final class UnmarkedReader extends PushbackReader {
  private static final int MARK = 0xFEFF;

  UnmarkedReader(Reader reader) throws IOException {
    super(reader);
    int first = read();
    if (first != -1 && first != MARK) {
      unread(first);
    }
  }
}
