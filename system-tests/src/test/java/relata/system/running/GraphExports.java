package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Whole graphs in the formats of other tools, held against the neighbour lists. */
record GraphExports(GraphApi api, SimilarityGraph graph) {
  void json() {
    SimilarityGraph exported = SimilarityGraph.exported(api);
    assertEquals(graph.titles(), exported.titles());
    assertEquals(graph.pairs(), exported.pairs());
  }

  void graphMl() {
    Document exported = parsed(api.export("graphml"));
    Map<String, String> ids = new HashMap<>();
    Map<String, String> titles = new TreeMap<>();
    elements(exported, "node")
        .forEach(
            node -> {
              ids.put(node.getAttribute("id"), data(node, "document"));
              assertEquals(null, titles.put(data(node, "document"), data(node, "title")));
            });
    assertEquals(graph.titles(), titles);
    Map<List<String>, Double> pairs = new HashMap<>();
    elements(exported, "edge")
        .forEach(
            edge -> {
              List<String> pair =
                  Stream.of("source", "target")
                      .map(end -> ids.get(edge.getAttribute(end)))
                      .sorted()
                      .toList();
              assertEquals(null, pairs.put(pair, Double.valueOf(data(edge, "weight"))));
            });
    assertEquals(graph.pairs(), pairs);
  }

  private static Document parsed(byte[] xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException | SAXException | IOException broken) {
      throw new IllegalStateException("not XML", broken);
    }
  }

  private static Stream<Element> elements(Document document, String name) {
    var found = document.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static String data(Element element, String key) {
    var all = element.getElementsByTagName("data");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(data -> data.getAttribute("key").equals(key))
        .findFirst()
        .orElseThrow()
        .getTextContent();
  }
}
