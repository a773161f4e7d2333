package relata.api.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import relata.api.document.DocumentNames.Name;

/** JSON in the node-link layout, see {@link NodeLinkGraph}. */
final class NodeLinkWriter implements GraphWriter {
  private final JsonGenerator json;

  NodeLinkWriter(OutputStream target, ObjectMapper mapper) throws IOException {
    json = mapper.createGenerator(target);
    // An end that belongs to it must not be written when something failed.
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
  }

  @Override
  public void begin(String collection, ExportLine.Head head) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("directed", false);
    json.writeBooleanField("multigraph", false);
    json.writePOJOField(
        "graph", new NodeLinkGraph.Origin(collection, head.generation(), head.commit()));
    json.writeArrayFieldStart("nodes");
  }

  @Override
  public void node(Name document) throws IOException {
    json.writePOJO(new NodeLinkGraph.Node(document.id(), document.title()));
  }

  @Override
  public void edges() throws IOException {
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
  }

  @Override
  public void edge(Name from, Name to, double similarity) throws IOException {
    json.writePOJO(new NodeLinkGraph.Edge(from.id(), to.id(), similarity));
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
  }
}
