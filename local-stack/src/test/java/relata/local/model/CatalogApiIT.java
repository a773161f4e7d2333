package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogApiIT {

  private ModelServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = ModelServer.start(ModelServerConfig.defaults());
    api = new Api(server.url());
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void saysThatItRunsAsOllamaDoes() throws Exception {
    assertEquals("Ollama is running", api.get("/").body());
    assertEquals("0.0.0-relata", api.get("/api/version").json().get("version").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/version", "/api/tags"})
  void headIsAnsweredWithoutABody(String path) throws Exception {
    Api.Answer answer = api.send("HEAD", path, HttpRequest.BodyPublishers.noBody());

    assertEquals(200, answer.status());
    assertEquals("", answer.body());
  }

  @Test
  void unknownPathsAndWrongMethodsAreRefused() throws Exception {
    assertEquals(404, api.get("/api/nothing").status());
    assertEquals(404, api.raw("/api/chat", "{}").status());
    assertEquals(405, api.get("/api/embed").status());
    assertEquals(405, api.raw("/api/tags", "{}").status());
  }

  @Test
  void tagsNameEveryModelWithItsDigest() throws Exception {
    JsonNode models = api.get("/api/tags").json().get("models");

    assertEquals(
        List.of("all-minilm:latest", "all-minilm:l6-v2", "extract:latest"),
        models.findValuesAsText("name"));
    assertEquals(models.findValuesAsText("name"), models.findValuesAsText("model"));
    assertEquals(models.get(0).get("digest"), models.get(1).get("digest"));
    assertTrue(models.get(0).get("digest").asText().matches("[0-9a-f]{64}"));
    assertEquals("bert", models.get(0).get("details").get("family").asText());
    assertTrue(models.get(0).get("size").asLong() > 20_000_000);
  }

  @Test
  void showTellsContextAndDimensionsOfTheEmbeddingModel() throws Exception {
    JsonNode shown = api.post("/api/show", "{'model':'all-minilm'}").json();

    assertEquals(256, shown.get("model_info").get("bert.context_length").asInt());
    assertEquals(384, shown.get("model_info").get("bert.embedding_length").asInt());
    assertEquals("embedding", shown.get("capabilities").get(0).asText());
    assertEquals(1, shown.get("capabilities").size());
  }

  @Test
  void showSaysThatExtractIsNoLanguageModel() throws Exception {
    JsonNode shown = api.post("/api/show", "{'model':'extract'}").json();

    assertTrue(shown.get("modelfile").asText().startsWith("# Not a language model."));
    assertEquals("completion", shown.get("capabilities").get(0).asText());
  }

  @Test
  void showRefusesWhatItDoesNotHave() throws Exception {
    assertEquals(404, api.post("/api/show", "{'model':'nope'}").status());
    assertEquals("model is required", api.post("/api/show", "{}").error());
  }

  @Test
  void nothingIsLoadedBeforeItIsUsed() throws Exception {
    assertEquals(0, loaded().size());
  }

  @Test
  void modelStaysForFiveMinutesUnlessTheRequestSaysOtherwise() throws Exception {
    embed("");
    assertExpiry(Duration.ofMinutes(5));
    embed(",'keep_alive':'1h30m'");
    assertExpiry(Duration.ofMinutes(90));
    embed("");
    assertExpiry(Duration.ofMinutes(90));
    embed(",'keep_alive':60");
    assertExpiry(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "'-1m'"})
  void negativeKeepAliveStaysForEver(String keepAlive) throws Exception {
    embed(",'keep_alive':" + keepAlive);

    Instant expiresAt = Instant.parse(loaded().get(0).get("expires_at").asText());
    assertTrue(expiresAt.isAfter(Instant.parse("2300-01-01T00:00:00Z")), expiresAt.toString());
    assertEquals(256, loaded().get(0).get("context_length").asInt());
  }

  @Test
  void keepAliveOfZeroUnloadsAfterTheAnswer() throws Exception {
    embed(",'keep_alive':-1");
    Api.Answer answer = embed(",'keep_alive':0");

    assertEquals(1, answer.embeddings().length);
    assertEquals(0, loaded().size());
    assertEquals(200, embed("").status());
    assertEquals(1, loaded().size());
  }

  @Test
  void idleModelIsUnloadedWhenItsTimeIsOver() throws Exception {
    embed(",'keep_alive':'200ms'");

    await().until(() -> loaded().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'5'", "'five minutes'", "true"})
  void keepAliveThatIsNoDurationIsRefused(String keepAlive) throws Exception {
    Api.Answer answer = embed(",'keep_alive':" + keepAlive);

    assertEquals(400, answer.status());
    assertTrue(answer.error().startsWith("keep_alive must be"), answer.error());
  }

  private Api.Answer embed(String more) throws Exception {
    return api.post("/api/embed", "{'model':'all-minilm','input':'a river'" + more + "}");
  }

  private JsonNode loaded() throws Exception {
    return api.get("/api/ps").json().get("models");
  }

  private void assertExpiry(Duration expected) throws Exception {
    assertEquals("all-minilm:latest", loaded().get(0).get("name").asText());
    Instant expiresAt = Instant.parse(loaded().get(0).get("expires_at").asText());
    long offBy = Duration.between(Instant.now().plus(expected), expiresAt).abs().toSeconds();
    assertTrue(offBy < 20, expiresAt + " is off by " + offBy + " s");
  }
}
