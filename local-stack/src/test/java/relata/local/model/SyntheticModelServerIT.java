package relata.local.model;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticModelServerIT {
  private static final int DIMENSION = 19;

  @Test
  void vectorsAreAFunctionOfTheTextAlone() throws IOException {
    try (SyntheticModelServer server = start(SyntheticBehaviour.instant(DIMENSION))) {
      List<List<Float>> together = vectors(server, "one", "two", "one");
      List<List<Float>> alone = vectors(server, "two");
      assertEquals(together.get(0), together.get(2));
      assertEquals(together.get(1), alone.getFirst());
      assertNotEquals(together.get(0), together.get(1));
      assertEquals(DIMENSION, alone.getFirst().size());
    }
  }

  @Test
  void vectorsOfManyComponentsHaveALengthOfAboutOne() throws IOException {
    try (SyntheticModelServer server = start(SyntheticBehaviour.instant(768))) {
      double squares =
          vectors(server, "a text").getFirst().stream().mapToDouble(x -> (double) x * x).sum();
      assertEquals(1, Math.sqrt(squares), 0.1);
    }
  }

  @Test
  void textsOfOneTopicAreAlike() throws IOException {
    String[] texts = IntStream.range(0, 60).mapToObj(i -> "text " + i).toArray(String[]::new);
    try (SyntheticModelServer one = start(SyntheticBehaviour.instant(768).withTopics(1));
        SyntheticModelServer none = start(SyntheticBehaviour.instant(768))) {
      List<List<Float>> alike = vectors(one, texts);
      assertTrue(closest(alike) > 0.7);
      assertEquals(alike.getFirst(), vectors(one, texts[0]).getFirst());
      assertTrue(closest(vectors(none, texts)) < 0.3);
    }
  }

  /** The greatest cosine of the first with another, of vectors whose length is about one. */
  private static double closest(List<List<Float>> vectors) {
    return vectors.stream()
        .skip(1)
        .mapToDouble(
            other ->
                IntStream.range(0, other.size())
                    .mapToDouble(i -> vectors.getFirst().get(i) * (double) other.get(i))
                    .sum())
        .max()
        .orElseThrow();
  }

  @Test
  void poisonRefusesTheWholeCallAndIsCounted() throws IOException {
    SyntheticBehaviour behaviour = SyntheticBehaviour.instant(DIMENSION).withPoison("zzz");
    try (SyntheticModelServer server = start(behaviour)) {
      embed(server, "good", "a zzz b").statusCode(400);
      embed(server, "a zzz b").statusCode(400);
      embed(server, "good").statusCode(200);
      embed(server, "ok").statusCode(200);
      counters(server)
          .body("calls", is(3))
          .body("inputs", is(4))
          .body("distinct", is(2))
          .body("probes", is(1))
          .body("refused", is(2))
          .body("refusedAlone", is(1));
    }
  }

  @Test
  void callsBeyondItsRoomWaitOrAreTurnedAway() throws Exception {
    Duration latency = Duration.ofMillis(300);
    SyntheticBehaviour queueing = SyntheticBehaviour.instant(DIMENSION).withLatency(latency, 1);
    try (SyntheticModelServer server = start(queueing)) {
      long start = System.nanoTime();
      assertEquals(List.of(200, 200, 200), statuses(server, 3));
      assertTrue(System.nanoTime() - start >= latency.multipliedBy(3).toNanos());
    }
    SyntheticBehaviour refusing =
        new SyntheticBehaviour(
            DIMENSION, Duration.ofSeconds(15), 1, SyntheticBehaviour.WhenFull.REFUSE, "", 0);
    // The one that has its place is not waited for: the server is closed before its callers are.
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        SyntheticModelServer server = start(refusing)) {
      CompletionService<Integer> answers = new ExecutorCompletionService<>(callers);
      for (String text : List.of("one", "two", "three")) {
        var _ = answers.submit(() -> embed(server, text).extract().statusCode());
      }
      assertEquals(429, answers.take().get());
      assertEquals(429, answers.take().get());
    }
  }

  @Test
  void describesAndUnloadsAsOllamaDoes() throws IOException {
    try (SyntheticModelServer server = start(SyntheticBehaviour.instant(DIMENSION))) {
      Map<String, Object> prompt =
          Map.of("model", "llama3.2", "prompt", "Describe this.", "stream", false);
      String first = generated(server, prompt);
      assertEquals(first, generated(server, prompt));
      at(server).get("/api/ps").then().body("models", hasSize(1));
      at(server)
          .body(Map.of("model", "llama3.2", "prompt", "", "keep_alive", 0))
          .post("/api/generate")
          .then()
          .statusCode(200);
      at(server).get("/api/ps").then().body("models", hasSize(0));
      at(server).get("/api/tags").then().body("models", hasSize(2));
    }
  }

  private static SyntheticModelServer start(SyntheticBehaviour behaviour) throws IOException {
    return SyntheticModelServer.start(0, behaviour, line -> {});
  }

  private static RequestSpecification at(SyntheticModelServer server) {
    return RestAssured.given().baseUri(server.url().toString()).contentType("application/json");
  }

  private static ValidatableResponse embed(SyntheticModelServer server, String... texts) {
    return at(server)
        .body(Map.of("model", "all-minilm", "input", List.of(texts)))
        .post("/api/embed")
        .then();
  }

  private static List<List<Float>> vectors(SyntheticModelServer server, String... texts) {
    return embed(server, texts).statusCode(200).extract().path("embeddings");
  }

  private static String generated(SyntheticModelServer server, Map<String, Object> prompt) {
    return at(server).body(prompt).post("/api/generate").then().extract().path("response");
  }

  private static ValidatableResponse counters(SyntheticModelServer server) {
    return at(server).get("/counters").then().statusCode(200);
  }

  /** Of calls at the same time, in order of size. */
  private static List<Integer> statuses(SyntheticModelServer server, int calls) {
    try (ExecutorService executor = Executors.newFixedThreadPool(calls)) {
      List<CompletableFuture<Integer>> all =
          IntStream.range(0, calls)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> embed(server, "text " + i).extract().statusCode(), executor))
              .toList();
      return all.stream().map(CompletableFuture::join).sorted().toList();
    }
  }
}
