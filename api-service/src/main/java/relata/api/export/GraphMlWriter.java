package relata.api.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import relata.api.document.DocumentNames.Name;

/**
 * GraphML (graphml.graphdrawing.org). Its ids are XML names, which documents' ids need not be: a
 * node is called by the document's number within the service, and the document's id is its data.
 * Similarity is the edge's {@code weight}, by which graph tools know it.
 */
final class GraphMlWriter implements GraphWriter {
  private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
  private static final String SCHEMA = NAMESPACE + "/1.0/graphml.xsd";
  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final XMLStreamWriter xml;

  GraphMlWriter(OutputStream target) throws IOException {
    try {
      xml = FACTORY.createXMLStreamWriter(target, UTF_8.name());
    } catch (XMLStreamException failed) {
      throw new IOException(failed);
    }
  }

  /** A step that writes XML. */
  @FunctionalInterface
  private interface Step {
    void write() throws XMLStreamException;
  }

  private static void write(Step step) throws IOException {
    try {
      step.write();
    } catch (XMLStreamException failed) {
      throw new IOException(failed);
    }
  }

  @Override
  public void begin(String collection, ExportLine.Head head) throws IOException {
    write(
        () -> {
          xml.writeStartDocument(UTF_8.name(), "1.0");
          xml.writeStartElement("graphml");
          xml.writeDefaultNamespace(NAMESPACE);
          xml.writeNamespace("xsi", INSTANCE);
          xml.writeAttribute("xsi", INSTANCE, "schemaLocation", NAMESPACE + " " + SCHEMA);
          key("collection", "graph", "collection", "string");
          key("generation", "graph", "generation", "long");
          key("commit", "graph", "commit", "long");
          key("document", "node", "document", "string");
          key("title", "node", "title", "string");
          key("weight", "edge", "weight", "double");
          xml.writeStartElement("graph");
          xml.writeAttribute("edgedefault", "undirected");
          data("collection", collection);
          data("generation", String.valueOf(head.generation()));
          data("commit", String.valueOf(head.commit()));
        });
  }

  @Override
  public void node(Name document) throws IOException {
    write(
        () -> {
          xml.writeStartElement("node");
          xml.writeAttribute("id", id(document));
          data("document", document.id());
          data("title", document.title());
          xml.writeEndElement();
        });
  }

  /** They stand beside the nodes. */
  @Override
  public void edges() {}

  @Override
  public void edge(Name from, Name to, double similarity) throws IOException {
    write(
        () -> {
          xml.writeStartElement("edge");
          xml.writeAttribute("source", id(from));
          xml.writeAttribute("target", id(to));
          data("weight", String.valueOf(similarity));
          xml.writeEndElement();
        });
  }

  @Override
  public void flush() throws IOException {
    write(xml::flush);
  }

  @Override
  public void end() throws IOException {
    write(
        () -> {
          xml.writeEndDocument();
          xml.flush();
        });
  }

  private void key(String id, String of, String name, String type) throws XMLStreamException {
    xml.writeEmptyElement("key");
    xml.writeAttribute("id", id);
    xml.writeAttribute("for", of);
    xml.writeAttribute("attr.name", name);
    xml.writeAttribute("attr.type", type);
  }

  private void data(String key, String value) throws XMLStreamException {
    xml.writeStartElement("data");
    xml.writeAttribute("key", key);
    xml.writeCharacters(XmlText.of(value));
    xml.writeEndElement();
  }

  private static String id(Name document) {
    return "n" + document.key();
  }
}
