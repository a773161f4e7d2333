package relata.api.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import relata.api.recipe.RecipeReading.Fault;
import relata.api.recipe.RecipeReading.Invalid;
import relata.api.recipe.RecipeReading.Valid;

class RecipeReaderTest {
  @Test
  void emptyRecipeHasEveryDefault() {
    assertEquals(
        "{\"edges\":{\"maxNeighbors\":10,\"minSimilarity\":0.6},"
            + "\"embed\":{\"documentPrefix\":\"\",\"model\":\"all-minilm\",\"queryPrefix\":\"\"},"
            + "\"gate\":{\"minEdgeOverlap\":0,\"minNdcg\":0,\"minOverlap\":0,\"minRecall\":0,"
            + "\"sample\":100,\"switch\":\"automatic\"},"
            + "\"split\":{\"chunkSize\":100,\"mode\":\"blocks\",\"overlap\":20,\"skip\":[]}}",
        valid(Map.of()).json());
  }

  @Test
  void fingerprintOfTheDefaultRecipeNeverChanges() {
    assertEquals(
        "6c27b032f0c215652faba9f31db18ef48eca397a6496ff561299ac2295efd424",
        HexFormat.of().formatHex(valid(Map.of()).fingerprint()));
  }

  @Test
  void edgesAndGateAreNoPartOfTheFingerprint() {
    Recipe otherEdges = valid(Map.of("edges", Map.of("minSimilarity", 0.9, "maxNeighbors", 3)));
    Recipe otherGate = valid(Map.of("gate", Map.of("switch", "manual", "minOverlap", 0.5)));
    assertArrayEquals(valid(Map.of()).fingerprint(), otherEdges.fingerprint());
    assertArrayEquals(valid(Map.of()).fingerprint(), otherGate.fingerprint());
    assertFalse(valid(Map.of()).makesTheSameAs(otherEdges));
    assertTrue(valid(Map.of()).makesTheSameAs(otherGate));
  }

  @Test
  void everythingElseIsPartOfTheFingerprint() {
    Stream.<Map<String, Object>>of(
            Map.of("describe", Map.of()),
            Map.of("embed", Map.of("model", "m")),
            Map.of("embed", Map.of("source", "client", "dimension", 3)),
            Map.of("embed", Map.of("documentPrefix", "p")),
            Map.of("embed", Map.of("queryPrefix", "p")),
            Map.of("split", Map.of("mode", "whole")),
            Map.of("split", Map.of("chunkSize", 101)),
            Map.of("split", Map.of("overlap", 21)),
            Map.of("split", Map.of("skip", List.of("code"))))
        .forEach(
            fields ->
                assertFalse(
                    Arrays.equals(valid(Map.of()).fingerprint(), valid(fields).fingerprint()),
                    fields::toString));
  }

  @Test
  void orderAndRepetitionOfSkippedKindsDoNotMatter() {
    Recipe one = valid(Map.of("split", Map.of("skip", List.of("table", "code", "table"))));
    Recipe two = valid(Map.of("split", Map.of("skip", List.of("code", "table"))));
    assertEquals(one, two);
    assertArrayEquals(one.fingerprint(), two.fingerprint());
  }

  @Test
  void smallChunksGetAnOverlapThatFits() {
    Recipe recipe = valid(Map.of("split", Map.of("chunkSize", 20)));
    assertEquals(10, recipe.split().overlap());
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
        Arguments.of("describe", Map.of("describe", "v1")),
        Arguments.of("describe.model", Map.of("describe", Map.of("model", ""))),
        Arguments.of("describe.prompt", Map.of("describe", Map.of("prompt", "V 1"))),
        Arguments.of("describe.promptSha256", Map.of("describe", Map.of("promptSha256", "ab"))),
        Arguments.of("describe.maxInputLength", Map.of("describe", Map.of("maxInputLength", 199))),
        Arguments.of("describe.maxLength", Map.of("describe", Map.of("maxLength", 4001))),
        Arguments.of(
            "describe",
            Map.of("describe", Map.of(), "embed", Map.of("source", "client", "dimension", 3))),
        Arguments.of("embed.source", Map.of("embed", Map.of("source", "server"))),
        Arguments.of("embed.dimension", Map.of("embed", Map.of("source", "client"))),
        Arguments.of("gate.switch", Map.of("gate", Map.of("switch", "never"))),
        Arguments.of("gate.minRecall", Map.of("gate", Map.of("minRecall", 1.1))),
        Arguments.of("gate.sample", Map.of("gate", Map.of("sample", 0))),
        Arguments.of("embed", Map.of("embed", "all-minilm")),
        Arguments.of("embed.model", Map.of("embed", Map.of("model", ""))),
        Arguments.of("embed.model", Map.of("embed", Map.of("model", "two words"))),
        Arguments.of("embed.model", Map.of("embed", Map.of("model", 7))),
        Arguments.of("embed.documentPrefix", Map.of("embed", Map.of("documentPrefix", "\0"))),
        Arguments.of("embed.queryPrefix", Map.of("embed", Map.of("queryPrefix", "\ud800"))),
        Arguments.of("embed.dimension", Map.of("embed", Map.of("dimension", 3))),
        Arguments.of("split.mode", Map.of("split", Map.of("mode", "lines"))),
        Arguments.of("split.chunkSize", Map.of("split", Map.of("chunkSize", 0))),
        Arguments.of(
            "split.chunkSize", Map.of("split", Map.of("chunkSize", new BigDecimal("100.5")))),
        Arguments.of("split.overlap", Map.of("split", Map.of("overlap", 51))),
        Arguments.of("split.skip", Map.of("split", Map.of("skip", "code"))),
        Arguments.of("split.skip", Map.of("split", Map.of("skip", List.of("code", "image")))),
        Arguments.of("edges.minSimilarity", Map.of("edges", Map.of("minSimilarity", 1.01))),
        Arguments.of("edges.maxNeighbors", Map.of("edges", Map.of("maxNeighbors", 101))));
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void wrongFieldIsNamed(String field, Map<String, Object> fields) {
    Invalid invalid = assertInstanceOf(Invalid.class, RecipeReader.read(fields));
    assertEquals(List.of(field), invalid.faults().stream().map(Fault::field).toList());
  }

  @Test
  void nullIsNotADefault() {
    Map<String, Object> split = new HashMap<>();
    split.put("mode", null);
    Invalid invalid = assertInstanceOf(Invalid.class, RecipeReader.read(Map.of("split", split)));
    assertEquals("split.mode", invalid.faults().getFirst().field());
  }

  @Test
  void modelsAreAliasesUnlessTheUserNamesOne() {
    RecipeDraft draft = draft(Map.of("describe", Map.of()));
    assertEquals("embedder", draft.embedder());
    assertEquals(Optional.of("describer"), draft.describer());
    assertEquals(Optional.of("v1"), draft.prompt());
    Recipe recipe = draft.resolved(alias -> alias + "-model", "ab");
    assertEquals("embedder-model", recipe.embed().model());
    assertEquals(
        Optional.of(new Recipe.Describe("describer-model", "v1", "ab", 8_000, 600)),
        recipe.describe());
  }

  @Test
  void withoutDescribeNothingIsDescribed() {
    Map<String, Object> none = new HashMap<>();
    none.put("describe", null);
    assertEquals(Optional.empty(), draft(Map.of()).describer());
    assertEquals(Optional.empty(), draft(none).describer());
  }

  @Test
  void completeRecipeReadsAsItself() {
    Recipe recipe = valid(Map.of("embed", Map.of("source", "client", "dimension", 3)));
    assertEquals(
        "{\"dimension\":3,\"documentPrefix\":\"\",\"model\":\"all-minilm\","
            + "\"queryPrefix\":\"\",\"source\":\"client\"}",
        CanonicalJson.write(RecipeJson.complete(recipe).get("embed")));
    assertEquals(recipe, valid(RecipeJson.complete(recipe)));
  }

  @Test
  void whereItIsKeptChangesNoFeature() {
    Recipe embedded = valid(Map.of());
    Recipe shared = valid(Map.of("index", "opensearch"));
    assertArrayEquals(embedded.fingerprint(), shared.fingerprint());
    assertFalse(embedded.makesTheSameAs(shared));
    assertEquals(embedded, valid(Map.of("index", "embedded")));
    assertFalse(RecipeJson.complete(embedded).containsKey("index"), "as older recipes are");
    assertEquals(shared, valid(RecipeJson.complete(shared)));
    assertInstanceOf(Invalid.class, RecipeReader.read(Map.of("index", "solr")));
  }

  @Test
  void theLanguageChangesNoFeature() {
    Recipe english = valid(Map.of());
    Recipe german = valid(Map.of("language", "de"));
    assertArrayEquals(english.fingerprint(), german.fingerprint());
    assertFalse(english.makesTheSameAs(german));
    assertEquals(english, valid(Map.of("language", "en")));
    assertFalse(RecipeJson.complete(english).containsKey("language"), "as older recipes are");
    assertEquals(german, valid(RecipeJson.complete(german)));
    assertInstanceOf(Invalid.class, RecipeReader.read(Map.of("language", "tlh")));
  }

  @Test
  void everyFaultIsFoundAtOnce() {
    Invalid invalid =
        assertInstanceOf(
            Invalid.class,
            RecipeReader.read(Map.of("split", Map.of("mode", "x", "chunkSize", -1), "y", 1)));
    assertEquals(
        List.of("split.mode", "split.chunkSize", "y"),
        invalid.faults().stream().map(Fault::field).toList());
  }

  private static RecipeDraft draft(Map<String, Object> fields) {
    return assertInstanceOf(Valid.class, RecipeReader.read(fields)).draft();
  }

  private static Recipe valid(Map<String, Object> fields) {
    return draft(fields).resolved(model -> model.equals("embedder") ? "all-minilm" : model, "00");
  }
}
