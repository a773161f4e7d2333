package relata.api.export;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentNames;
import relata.api.document.DocumentNames.Name;

/**
 * Puts names to a graph as it passes by, a page at a time. A document without a name was deleted
 * meanwhile and is left out with its edges: those are looked up after all nodes, when a name that
 * is still there was there before.
 */
@Singleton
final class NamedGraph {
  private final DocumentNames names;
  private final ExportConfig config;

  NamedGraph(DocumentNames names, ExportConfig config) {
    this.names = names;
    this.config = config;
  }

  /**
   * Writes all of it. It blocks.
   *
   * @param sent called after each page
   * @throws IOException if either side broke off
   */
  void write(FoundCollection collection, GraphStream stream, GraphWriter writer, Runnable sent)
      throws IOException {
    boolean hasEdges = false;
    for (ExportLine line = stream.next(); !line.isLast(); line = stream.next()) {
      if (line.head() != null) {
        writer.begin(collection.name(), line.head());
      }
      if (!hasEdges && !line.edges().isEmpty()) {
        writer.edges();
        hasEdges = true;
      }
      write(line, named(collection, line), writer);
      writer.flush();
      sent.run();
    }
    if (!hasEdges) {
      writer.edges();
    }
    writer.end();
  }

  private Map<Long, Name> named(FoundCollection collection, ExportLine line) {
    return names.byKeys(collection.id(), line.documents()).await().atMost(config.namesTimeout());
  }

  private static void write(ExportLine line, Map<Long, Name> named, GraphWriter writer)
      throws IOException {
    for (Long node : line.nodes()) {
      Name document = named.get(node);
      if (document != null) {
        writer.node(document);
      }
    }
    for (ExportLine.Edge edge : line.edges()) {
      Name low = named.get(edge.lowId());
      Name high = named.get(edge.highId());
      if (low != null && high != null) {
        writer.edge(low, high, edge.similarity());
      }
    }
  }
}
