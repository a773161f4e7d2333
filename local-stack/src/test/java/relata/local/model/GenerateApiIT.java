package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateApiIT {

  private static final String PROMPT =
      "The broker stores every message on disk. Lunch was late that day. "
          + "When the broker restarts, it reads every stored message from disk.";

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
  void answersWithOneObjectWhenNotStreaming() throws Exception {
    Api.Answer answer = generate(Map.of("model", "extract", "prompt", PROMPT, "stream", false));

    assertEquals(200, answer.status());
    assertEquals("application/json; charset=utf-8", answer.contentType());
    JsonNode json = answer.json();
    assertEquals("extract", json.get("model").asText());
    assertEquals(PROMPT, json.get("response").asText());
    assertTrue(json.get("done").asBoolean());
    assertEquals("stop", json.get("done_reason").asText());
    assertEquals(27, json.get("prompt_eval_count").asInt());
    assertEquals(27, json.get("eval_count").asInt());
    assertTrue(json.get("total_duration").asLong() > 0);
    assertFalse(json.has("context"));
  }

  @Test
  void streamsByDefaultAndTheLastLineHasTheCounts() throws Exception {
    Api.Answer answer = generate(Map.of("model", "extract", "prompt", PROMPT));

    assertEquals("application/x-ndjson", answer.contentType());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.body().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertEquals(4, lines.size());
    StringBuilder text = new StringBuilder();
    for (JsonNode line : lines) {
      text.append(line.get("response").asText());
    }
    assertEquals(PROMPT, text.toString());
    for (JsonNode line : lines.subList(0, 3)) {
      assertFalse(line.get("done").asBoolean());
      assertFalse(line.has("eval_count"));
    }
    assertTrue(lines.getLast().get("done").asBoolean());
    assertEquals("stop", lines.getLast().get("done_reason").asText());
    assertEquals(27, lines.getLast().get("eval_count").asInt());
  }

  @Test
  void numPredictCutsTheAnswerShort() throws Exception {
    JsonNode json =
        generate(
                Map.of(
                    "model",
                    "extract",
                    "prompt",
                    PROMPT,
                    "stream",
                    false,
                    "options",
                    Map.of("num_predict", 10)))
            .json();

    assertEquals(
        "The broker stores every message on disk. Lunch was", json.get("response").asText());
    assertEquals("length", json.get("done_reason").asText());
    assertEquals(10, json.get("eval_count").asInt());
  }

  @Test
  void emptyPromptLoadsAndUnloads() throws Exception {
    JsonNode loaded = api.post("/api/generate", "{'model':'extract'}").json();
    JsonNode unloaded = api.post("/api/generate", "{'model':'extract','keep_alive':0}").json();

    assertEquals("load", loaded.get("done_reason").asText());
    assertEquals("", loaded.get("response").asText());
    assertTrue(loaded.get("done").asBoolean());
    assertEquals("unload", unloaded.get("done_reason").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'model':'nope','prompt':'x'} | 404 | model 'nope' not found",
        "{'prompt':'x'} | 400 | model is required",
        "{'model':'extract','prompt':7} | 400 | prompt must be a string",
        "{'model':'extract','prompt':'x','options':7} | 400 | options must be an object",
        "{'model':'all-minilm','prompt':'x'} | 400 | \"all-minilm\" does not support generate",
        "{'model':'all-minilm','prompt':''} | 400 | \"all-minilm\" does not support generate",
        "{'model':'extract','prompt':'x','format':'json'} | 400 | \"extract\" does not support"
            + " format",
        "{'model':'extract','prompt':'x','images':['a']} | 400 | \"extract\" does not support"
            + " images",
      })
  void whatCannotBeAnsweredIsRefused(String body, int status, String error) throws Exception {
    Api.Answer answer = api.post("/api/generate", body);

    assertEquals(error, answer.error());
    assertEquals(status, answer.status());
  }

  private static Api.Answer generate(Map<String, Object> request) throws Exception {
    return api.raw("/api/generate", Api.json(request));
  }
}
