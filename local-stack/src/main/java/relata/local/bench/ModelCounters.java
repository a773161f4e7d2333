package relata.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks the synthetic model server what it was asked. */
final class ModelCounters implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest request;

  ModelCounters(String url) {
    request = HttpRequest.newBuilder(URI.create(url + "/counters")).build();
  }

  /**
   * @param inputs texts of all calls
   * @param distinct different texts among them
   * @param refusedAlone calls with one text, which was poison
   * @param nanos the time of all calls together
   */
  record Counts(
      long atNanos, long calls, long inputs, long distinct, long refusedAlone, long nanos) {
    /** The mean time of the calls since then, in milliseconds; 0 if there were none. */
    double millisPerCallSince(Counts earlier) {
      long more = calls - earlier.calls;
      return more == 0 ? 0 : (nanos - earlier.nanos) / 1e6 / more;
    }
  }

  Counts counts() throws IOException, InterruptedException {
    JsonNode answer =
        JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    return new Counts(
        System.nanoTime(),
        answer.path("calls").asLong(),
        answer.path("inputs").asLong(),
        answer.path("distinct").asLong(),
        answer.path("refusedAlone").asLong(),
        answer.path("nanos").asLong());
  }

  @Override
  public void close() {
    http.close();
  }
}
