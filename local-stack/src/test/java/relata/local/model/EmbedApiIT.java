package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedApiIT {

  private static ModelServer server;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    server = ModelServer.start(ModelServerConfig.defaults());
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void textBecomesOneVectorOfLengthOne() throws Exception {
    Api.Answer answer =
        api.post("/api/embed", "{'model':'all-minilm','input':'Why is the sky blue?'}");

    assertEquals(200, answer.status());
    assertEquals("application/json; charset=utf-8", answer.contentType());
    assertEquals("all-minilm", answer.json().get("model").asText());
    assertEquals(1, answer.embeddings().length);
    assertEquals(384, answer.embeddings()[0].length);
    assertEquals(1, dot(answer.embeddings()[0], answer.embeddings()[0]), 1e-6);
    // why is the sky blue ? and two markers; Ollama's documentation has the same count.
    assertEquals(8, answer.json().get("prompt_eval_count").asInt());
    long total = answer.json().get("total_duration").asLong();
    long load = answer.json().get("load_duration").asLong();
    assertTrue(0 < load && load < total, load + " of " + total + " ns");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"all-minilm", "all-minilm:latest", "all-minilm:l6-v2", "library/All-MiniLM"})
  void everyNameIsTheSameModelAndIsRepeatedAsAsked(String name) throws Exception {
    Api.Answer answer = api.raw("/api/embed", Api.json(Map.of("model", name, "input", "a river")));

    assertEquals(name, answer.json().get("model").asText());
    assertArrayEquals(
        api.post("/api/embed", "{'model':'all-minilm','input':'a river'}").embeddings()[0],
        answer.embeddings()[0]);
  }

  @Test
  void textGetsTheSameVectorBitForBitAloneAndInAnyBatch() throws Exception {
    List<String> texts =
        List.of(
            "A short text.",
            "",
            "The broker keeps every message on disk until a consumer acknowledges it. ".repeat(9),
            "Wing flutter at supersonic speed",
            "A short text.");

    float[][] batch = embed(texts);

    assertEquals(5, batch.length);
    for (int i = 0; i < batch.length; i++) {
      assertArrayEquals(embed(List.of(texts.get(i)))[0], batch[i], "text " + i);
    }
    assertArrayEquals(batch, embed(texts));
  }

  @Test
  void relatedTextsAreMoreSimilarThanUnrelatedOnes() throws Exception {
    float[][] vectors =
        embed(
            List.of(
                "How do I restart the message broker after a crash?",
                "Recovering the message queue server when it has failed",
                "The cake needs two eggs and a pound of flour"));

    assertTrue(dot(vectors[0], vectors[1]) > 0.5, () -> "" + dot(vectors[0], vectors[1]));
    assertTrue(dot(vectors[0], vectors[2]) < 0.15, () -> "" + dot(vectors[0], vectors[2]));
  }

  @Test
  void longestTextThatFitsIsTakenWhole() throws Exception {
    Api.Answer answer = words(254, false);

    assertEquals(200, answer.status());
    assertEquals(256, answer.json().get("prompt_eval_count").asInt());
  }

  @Test
  void longerTextIsRefusedWithoutTruncate() throws Exception {
    Api.Answer answer = words(255, false);

    assertEquals(400, answer.status());
    assertEquals("the input length exceeds the context length", answer.error());
  }

  @Test
  void longerTextIsCutAtTheContextWithTruncate() throws Exception {
    Api.Answer cut = words(2_000, true);

    assertEquals(200, cut.status());
    assertEquals(256, cut.json().get("prompt_eval_count").asInt());
    assertArrayEquals(words(254, false).embeddings(), cut.embeddings());
  }

  @Test
  void contextCanBeLoweredAndNotRaised() throws Exception {
    String request = "{'model':'all-minilm','input':'%s','options':{'num_ctx':%d}}";

    Api.Answer low = api.post("/api/embed", request.formatted("river ".repeat(300), 16));
    Api.Answer high = api.post("/api/embed", request.formatted("river ".repeat(300), 4_096));

    assertEquals(16, low.json().get("prompt_eval_count").asInt());
    assertEquals(256, high.json().get("prompt_eval_count").asInt());
  }

  @Test
  void fewerDimensionsAreThePrefixMadeLengthOne() throws Exception {
    float[] all = embed(List.of("a river"))[0];
    float[] few =
        api.post("/api/embed", "{'model':'all-minilm','input':'a river','dimensions':128}")
            .embeddings()[0];

    assertEquals(128, few.length);
    assertEquals(1, dot(few, few), 1e-6);
    assertEquals(all[1] / all[0], few[1] / few[0], 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'input':''", ",'input':[]", ",'input':null"})
  void noInputOnlyLoadsTheModel(String input) throws Exception {
    Api.Answer answer = api.post("/api/embed", "{'model':'all-minilm'" + input + "}");

    assertEquals(200, answer.status());
    assertEquals("{\"model\":\"all-minilm\",\"embeddings\":[]}", answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'model':'nope','input':'x'} | 404 | model 'nope' not found",
        "{'input':'x'} | 400 | model is required",
        "{'model':7,'input':'x'} | 400 | model must be a string",
        "{'model':'all-minilm','input':7} | 400 | invalid input type",
        "{'model':'all-minilm','input':['x',7]} | 400 | invalid input type",
        "{'model':'all-minilm','input':'x','truncate':'no'} | 400 | truncate must be true or false",
        "{'model':'extract','input':'x'} | 400 | this model does not support embeddings",
        "{'model':'all-minilm', | 400 | invalid JSON at line 1, column 23",
        "[1] | 400 | the request body must be a JSON object",
      })
  void whatCannotBeAnsweredIsRefused(String body, int status, String error) throws Exception {
    Api.Answer answer = api.post("/api/embed", body);

    assertEquals(error, answer.error());
    assertEquals(status, answer.status());
  }

  @Test
  void missingBodyIsRefused() throws Exception {
    Api.Answer answer = api.raw("/api/embed", "");

    assertEquals(400, answer.status());
    assertEquals("missing request body", answer.error());
  }

  @Test
  void tooManyTextsAndTooLargeBodiesAreRefused() throws Exception {
    Api.Answer many =
        api.raw(
            "/api/embed",
            Api.json(Map.of("model", "all-minilm", "input", Collections.nCopies(1_025, "x"))));
    Api.Answer large = api.raw("/api/embed", " ".repeat((8 << 20) + 1));
    Api.Answer values = api.raw("/api/embed", "[" + "0,".repeat(200_000) + "0]");

    assertEquals(400, many.status());
    assertEquals("input has more than 1024 texts; send fewer at once", many.error());
    assertEquals(413, large.status());
    assertEquals("http: request body too large", large.error());
    assertEquals(400, values.status());
  }

  @Test
  void textOfAnyCharactersGetsAFiniteVector() throws Exception {
    Api.Answer answer =
        api.post(
            "/api/embed",
            "{'model':'all-minilm','input':['\\ud800 half','nul \\u0000','😀 漢字','\\t\\n']}");

    assertEquals(200, answer.status());
    for (float[] vector : answer.embeddings()) {
      assertEquals(1, dot(vector, vector), 1e-6);
    }
    assertFalse(answer.body().contains("NaN"));
  }

  private static Api.Answer words(int count, boolean truncate) throws Exception {
    return api.raw(
        "/api/embed",
        Api.json(
            Map.of("model", "all-minilm", "input", "river ".repeat(count), "truncate", truncate)));
  }

  private static float[][] embed(List<String> texts) throws Exception {
    Api.Answer answer =
        api.raw("/api/embed", Api.json(Map.of("model", "all-minilm", "input", texts)));
    assertEquals(200, answer.status(), answer.body());
    return answer.embeddings();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * (double) b[i];
    }
    return sum;
  }
}
