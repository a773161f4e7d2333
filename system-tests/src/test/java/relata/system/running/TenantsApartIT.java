package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.RelataStack;

/**
 * Two tenants whose collections, documents and texts have the same names and nearly the same words,
 * in all that is derived from them: the index, the graph, the words, and the vectors of questions
 * that are remembered. {@code TenantsIT} of api-service walks every operation with a graph-service
 * that is played; here it is the real one.
 */
final class TenantsApartIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String COLLECTION = "notes";
  private static final int DOCUMENTS = 12;

  private static final List<String> READ =
      List.of(
          "",
          "/status",
          "/documents",
          "/documents/d1",
          "/documents/d1/features",
          "/documents/d1/neighbors",
          "/graph",
          "/graph?around=d1",
          "/graph/statistics",
          "/graph/communities",
          "/graph/duplicates",
          "/graph/path?from=d1&to=d2",
          "/graph/export",
          "/index",
          "/generations");

  private static final List<String> QUESTIONS =
      List.of("water in the sea", "zebra", "quokka", "water of a zebra or a quokka");

  @TempDir private static Path folder;

  private static RelataStack stack;
  private static Tenant first;
  private static Tenant second;

  /**
   * @param word in everything that it writes, and in nothing of the other's
   */
  private record Tenant(Api api, String word) {
    Stream<Response> answers(String collection) {
      String home = "/v1/collections/" + collection;
      Stream<Response> read = READ.stream().map(path -> api.json().get(home + path));
      Stream<Response> found =
          QUESTIONS.stream()
              .flatMap(
                  text ->
                      Stream.of("lexical", "semantic", "hybrid")
                          .map(mode -> Map.of("text", text, "mode", mode)))
              .map(question -> api.json().body(question).post(home + "/search"));
      return Stream.concat(read, found);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    stack = Operator.startStack(folder);
    first = write("zebra");
    second = write("quokka");
    first.api().createCollection("private");
    first.api().put("private", "d1", "Only of the zebra", "Nobody else has this collection.");
    first.api().awaitSettled("private", LIMIT);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void nothingThatIsDerivedShowsTheOthersDocuments() {
    int asked = 0;
    int own = 0;
    List<String> leaks = new ArrayList<>();
    // In turns, so that what one of them asked is remembered when the other asks it.
    for (List<Tenant> pair : List.of(List.of(first, second), List.of(second, first))) {
      for (Response answer : pair.getFirst().answers(COLLECTION).toList()) {
        String body = withoutQuestion(answer.asString());
        assertEquals(200, answer.statusCode(), body);
        asked++;
        own += body.contains(pair.getFirst().word()) ? 1 : 0;
        if (body.contains(pair.getLast().word())) {
          leaks.add(body);
        }
      }
    }
    System.out.printf(
        "%d answers, %d with the tenant's own word, %d with the other's%n",
        asked, own, leaks.size());
    assertEquals(List.of(), leaks);
    // Otherwise an answer without a word would prove nothing.
    assertTrue(own >= asked / 2, own + " of " + asked);
  }

  @Test
  void aCollectionOfTheOtherIsNotThere() {
    List<Integer> answers = second.answers("private").map(Response::statusCode).toList();
    assertEquals(List.of(404), answers.stream().distinct().toList());
    assertEquals(200, first.api().json().get("/v1/collections/private/graph").statusCode());
  }

  private static Tenant write(String word) {
    String key = Operator.newKey(stack.url(), "of-" + word, "read", "write");
    Api api = new Api(stack.url(), Optional.of(key));
    api.createCollection(COLLECTION, Map.of("edges", Map.of("minSimilarity", 0.1)));
    for (int i = 0; i < DOCUMENTS; i++) {
      api.put(
          COLLECTION,
          "d" + i,
          "Water %d of the %s".formatted(i, word),
          "Of water there is much in the sea of the %s, %d.".formatted(word, i));
    }
    api.awaitSettled(COLLECTION, LIMIT);
    return new Tenant(api, word);
  }

  /** A question is given back as it was asked. */
  private static String withoutQuestion(String body) {
    String rest = body;
    for (String question : QUESTIONS) {
      rest = rest.replace('"' + question + '"', "");
    }
    return rest;
  }
}
