package relata.api.export;

import java.io.IOException;
import relata.api.document.DocumentNames.Name;

/** Writes a graph in one format, as it comes: nodes, then edges among nodes that were written. */
interface GraphWriter {
  void begin(String collection, ExportLine.Head head) throws IOException;

  void node(Name document) throws IOException;

  /** There are no more nodes. */
  void edges() throws IOException;

  void edge(Name from, Name to, double similarity) throws IOException;

  /** Sends what was written so far. */
  void flush() throws IOException;

  /** Nothing comes any more, and it is whole. */
  void end() throws IOException;
}
