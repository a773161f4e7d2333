package relata.api.document;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Of writers who all saw the same version, one replaces it, and the others are told. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class RaceIT {
  private static final int RACES = 1_000;
  private static final int WRITERS = 3;

  @Test
  void ofAThousandRacesNoUpdateIsLost() throws Exception {
    URI document =
        URI.create(
            "http://localhost:%d/v1/collections/%s/documents/raced"
                .formatted(RestAssured.port, Collections.create()));
    int won = 0;
    int told = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      String tag = get(client, put(document, "*", "start", "If-None-Match"), 201);
      for (int race = 0; race < RACES; race++) {
        String seen = tag;
        String prefix = "race " + race + " writer ";
        var sent =
            IntStream.range(0, WRITERS)
                .mapToObj(writer -> put(document, seen, prefix + writer, "If-Match"))
                .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                .toList();
        String winner = "";
        for (int writer = 0; writer < WRITERS; writer++) {
          HttpResponse<String> answer = sent.get(writer).get(30, TimeUnit.SECONDS);
          if (answer.statusCode() == 200) {
            won++;
            winner = prefix + writer;
            tag = answer.headers().firstValue("ETag").orElseThrow();
          } else {
            assertEquals(412, answer.statusCode(), answer.body());
            told++;
          }
        }
        assertEquals(race + 1, won, "one winner in each race");
        RestAssured.get(document).then().body("title", is(winner));
      }
    }
    System.out.printf("races=%d won=%d told=%d lost=%d%n", RACES, won, told, RACES - won);
    assertEquals(RACES * (WRITERS - 1), told);
    RestAssured.get(document).then().body("version", is(RACES + 1));
  }

  private static String get(HttpClient client, HttpRequest request, int status) throws Exception {
    HttpResponse<String> answer =
        client.sendAsync(request, BodyHandlers.ofString()).get(30, TimeUnit.SECONDS);
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private static HttpRequest put(URI document, String tag, String title, String condition) {
    return HttpRequest.newBuilder(document)
        .header("Content-Type", "application/json")
        .header(condition, tag)
        .PUT(BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
        .build();
  }
}
