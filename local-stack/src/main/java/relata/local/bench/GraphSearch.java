package relata.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One search by meaning, asked of graph-service itself, which may not be up yet. */
final class GraphSearch {
  private static final String QUESTION =
      "{\"text\":\"the ferry at the old harbour\",\"mode\":\"semantic\",\"limit\":10}";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Documents, best first.
   *
   * @param at when it came
   */
  record Answer(List<Long> found, Instant at) {}

  private final HttpClient http;
  private final HttpRequest request;

  GraphSearch(HttpClient http, String url, long generation) {
    this.http = http;
    request =
        HttpRequest.newBuilder(
                URI.create(url + "/internal/generations/%d/search".formatted(generation)))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(QUESTION))
            .build();
  }

  /** The documents that are found, best first; nothing while it cannot answer. */
  private Optional<List<Long>> ask() throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      List<Long> found = new ArrayList<>();
      for (JsonNode hit : JSON.readTree(answer.body()).path("hits")) {
        found.add(hit.path("documentId").asLong());
      }
      return Optional.of(List.copyOf(found));
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  /**
   * Asks until there is an answer.
   *
   * @throws IllegalStateException if none comes
   */
  Answer await(Duration patience) throws InterruptedException {
    Instant limit = Instant.now().plus(patience);
    while (Instant.now().isBefore(limit)) {
      Optional<List<Long>> found = ask();
      if (found.isPresent()) {
        return new Answer(found.get(), Instant.now());
      }
      Thread.sleep(PAUSE);
    }
    throw new IllegalStateException(
        "No search was answered within %d s.".formatted(patience.toSeconds()));
  }

  /**
   * Asks until the answer is this one.
   *
   * @return when it came
   * @throws IllegalStateException if it is another, or does not come
   */
  Instant awaitAnswer(List<Long> right, Duration patience) throws InterruptedException {
    Answer answer = await(patience);
    if (!answer.found().equals(right)) {
      throw new IllegalStateException("A search found " + answer.found() + " instead of " + right);
    }
    return answer.at();
  }
}
