package relata.graph.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.graph.text.Attribute;
import relata.graph.text.Value;

class AttributesTest {
  private static List<Attribute> of(String json, int most) {
    return Attributes.of(new JsonObject(json), most);
  }

  @Test
  void everyValueHasThePathThatLeadsToIt() {
    assertEquals(
        List.of(
            new Attribute("lang", new Value.Text("en")),
            new Attribute("author.born", new Value.Number(1815)),
            new Attribute("author.living", new Value.Flag(false)),
            new Attribute("tags", new Value.Text("a")),
            new Attribute("tags", new Value.Number(2.5)),
            new Attribute("parts.no", new Value.Number(1)),
            new Attribute("parts.no", new Value.Number(2))),
        of(
            """
            {"lang":"en","author":{"born":1815,"living":false},"tags":["a",2.5,null],
             "parts":[{"no":1},{"no":2}],"nothing":null,"empty":{},"none":[]}""",
            100));
    assertEquals(List.of(), Attributes.of(null, 100));
  }

  @Test
  void aLongTextIsThereAndNotCompared() {
    assertEquals(
        List.of(new Attribute("text", new Value.Opaque())),
        of("{\"text\":\"%s\"}".formatted("x".repeat(1001)), 100));
  }

  @Test
  void noMoreAreTakenThanAllowed() {
    assertEquals(2, of("{\"a\":[1,2,3],\"b\":4}", 2).size());
  }
}
