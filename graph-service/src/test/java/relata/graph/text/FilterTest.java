package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private final LuceneIndex index = new LuceneIndex(Language.EN);

  @BeforeEach
  void threeDocuments() {
    put(1, text("lang", "en"), number("year", 2019), text("tag", "a"), text("tag", "b"));
    put(2, text("lang", "en"), number("year", -3.5), text("author.name", "Ada"));
    put(3, text("lang", "de"), flag("draft", true), new Attribute("long", new Value.Opaque()));
  }

  private void put(long id, Attribute... attributes) {
    List<TextChunk> chunks =
        List.of(
            new TextChunk(0, "title", List.of("Notes"), "apples"),
            new TextChunk(1, "table", List.of("Notes"), "apples and pears"));
    index.apply(List.of(new TextDocument(id, chunks, List.of(attributes))), List.of());
  }

  private static Attribute text(String path, String value) {
    return new Attribute(path, new Value.Text(value));
  }

  private static Attribute number(String path, double value) {
    return new Attribute(path, new Value.Number(value));
  }

  private static Attribute flag(String path, boolean value) {
    return new Attribute(path, new Value.Flag(value));
  }

  private static Condition anyOf(String path, Value... values) {
    return new Condition.AnyOf(path, List.of(values));
  }

  /** By words and by set alike. */
  private List<Long> passing(Condition... conditions) {
    ChunkFilter filter = new ChunkFilter(Set.of(), List.of(conditions));
    List<Long> found = new ArrayList<>();
    for (TextHit hit : index.search(new TextQuery.Typed("apples", 5, filter), 10)) {
      found.add(hit.documentId());
    }
    found.sort(null);
    ChunkSet set = index.passing(filter);
    assertEquals(found, LongStream.range(0, 9).filter(id -> set.test(id, 1)).boxed().toList());
    assertEquals(2 * found.size(), set.size());
    return found;
  }

  @Test
  void oneOfTheValuesIsOneOfThese() {
    assertEquals(List.of(1L, 2L), passing(anyOf("lang", new Value.Text("en"))));
    assertEquals(
        List.of(1L, 2L, 3L), passing(anyOf("lang", new Value.Text("en"), new Value.Text("de"))));
    assertEquals(List.of(1L), passing(anyOf("tag", new Value.Text("b"))));
    assertEquals(List.of(), passing(anyOf("lang", new Value.Text("e"))));
    assertEquals(List.of(3L), passing(anyOf("draft", new Value.Flag(true))));
    assertEquals(List.of(2L), passing(anyOf("author.name", new Value.Text("Ada"))));
  }

  @Test
  void typesAreNotMixedUp() {
    put(4, text("year", "2019"));
    assertEquals(List.of(1L), passing(anyOf("year", new Value.Number(2019))));
    assertEquals(List.of(4L), passing(anyOf("year", new Value.Text("2019"))));
  }

  @Test
  void numbersLieBetweenBoundsThatCountOrDoNot() {
    assertEquals(List.of(1L), passing(new Condition.Range("year", 2019, true, NONE, true)));
    assertEquals(List.of(), passing(new Condition.Range("year", 2019, false, NONE, true)));
    assertEquals(List.of(2L), passing(new Condition.Range("year", -NONE, true, 0, false)));
    assertEquals(List.of(1L, 2L), passing(new Condition.Range("year", -3.5, true, 2019, true)));
    put(4, number("year", -0.0));
    assertEquals(List.of(4L), passing(new Condition.Range("year", 0, true, 0, true)));
  }

  @Test
  void whatIsThereExistsWhateverItIs() {
    assertEquals(List.of(2L), passing(new Condition.Exists("author", true)));
    assertEquals(List.of(1L, 3L), passing(new Condition.Exists("author", false)));
    assertEquals(List.of(3L), passing(new Condition.Exists("long", true)));
  }

  @Test
  void allConditionsAreMet() {
    assertEquals(
        List.of(1L),
        passing(
            anyOf("lang", new Value.Text("en")), new Condition.Range("year", 0, true, NONE, true)));
  }

  @Test
  void kindsLetChunksThroughAndNotDocuments() {
    ChunkFilter tables = new ChunkFilter(Set.of("table", "code"), List.of());
    assertEquals(
        Set.of(1),
        Set.copyOf(
            index.search(new TextQuery.Typed("apples", 5, tables), 10).stream()
                .map(TextHit::ordinal)
                .toList()));
    ChunkSet set = index.passing(tables);
    assertEquals(3, set.size());
    assertEquals(false, set.test(1, 0));
  }

  @Test
  void aSetIsRememberedUntilTheIndexChanges() {
    ChunkFilter filter = new ChunkFilter(Set.of("table"), List.of());
    ChunkSet set = index.passing(filter);
    assertSame(set, index.passing(filter));
    index.apply(List.of(), List.of(1L));
    assertNotSame(set, index.passing(filter));
    assertEquals(2, index.passing(filter).size());
  }
}
