package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import relata.local.client.RelataClient;
import relata.system.running.SharedStack.Running;

/** The graph of real documents, as other tools get it. */
@ExtendWith(SharedStack.class)
final class ExportIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String EXPORTED = "exported";

  private static Running running;
  private static long generation;

  @BeforeAll
  static void importDocuments(Running shared) throws IOException {
    running = shared;
    try (RelataClient client = new RelataClient(running.stack().url())) {
      Corpus.abstracts(EXPORTED, 100).importInto(client);
    }
    running.api().awaitSettled(EXPORTED, LIMIT);
    generation = running.api().collection(EXPORTED).getLong("generation");
  }

  @Test
  void jsonHasEveryDocumentAndEveryStoredEdgeOnce() throws IOException {
    JsonNode graph = new ObjectMapper().readTree(export("json"));

    assertEquals(
        running
            .database()
            .query(
                """
                select d.external_id || ' ' || d.title
                  from graph.node n join content.document d on d.id = n.document_id
                 where n.generation_id = ? order by n.document_id
                """,
                row -> row.getString(1),
                generation),
        graph
            .path("nodes")
            .valueStream()
            .map(node -> node.get("id").asText() + " " + node.get("title").asText())
            .toList());
    Map<String, Double> edges = new TreeMap<>();
    for (JsonNode edge : graph.path("edges")) {
      String pair = edge.get("source").asText() + " " + edge.get("target").asText();
      assertEquals(null, edges.put(pair, edge.get("similarity").asDouble()), pair);
    }
    assertEquals(stored(), edges);
    assertFalse(edges.isEmpty());
  }

  @Test
  void graphMlIsXmlWithAsMuchInIt() throws Exception {
    Document graph =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(export("graphml")));
    assertEquals(
        running.api().status(EXPORTED).getInt("documents"),
        graph.getElementsByTagName("node").getLength());
    assertEquals(stored().size(), graph.getElementsByTagName("edge").getLength());
  }

  private static byte[] export(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RelataClient client = new RelataClient(running.stack().url())) {
      client.export(EXPORTED, format, bytes);
    }
    return bytes.toByteArray();
  }

  /** Each pair of which either has the other in its list, the lower one first. */
  private static Map<String, Double> stored() {
    List<Map.Entry<String, Double>> rows =
        running
            .database()
            .query(
                """
                select distinct l.external_id || ' ' || h.external_id, e.similarity
                  from graph.neighbor e
                  join content.document l on l.id = least(e.document_id, e.neighbor_id)
                  join content.document h on h.id = greatest(e.document_id, e.neighbor_id)
                 where e.generation_id = ?
                """,
                row -> Map.entry(row.getString(1), row.getDouble(2)),
                generation);
    Map<String, Double> edges = new TreeMap<>();
    rows.forEach(row -> edges.put(row.getKey(), row.getValue()));
    return edges;
  }
}
