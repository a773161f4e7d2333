package relata.api.bulk;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** Imports that are large, long, come at once, or meet a failure of the database. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class LargeImportIT {
  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void lineOverTheBoundIsRejectedAndTheImportGoesOn() {
    String long1 = "{\"id\":\"a\",\"title\":\"A\",\"body\":\"" + "x".repeat(1024 * 1024) + "\"}";
    List<JsonNode> answers =
        Imports.answers(collection, long1 + "\n{\"id\":\"b\",\"title\":\"B\"}\n" + long1 + "\n");
    assertEquals(
        List.of("1 null rejected", "2 b created", "3 null rejected"),
        answers.stream().map(a -> Imports.summary(a).replaceAll(" (null|1)$", "")).toList());
    assertTrue(answers.get(0).at("/error/detail").textValue().contains("1048576 bytes"));
  }

  @Test
  void importIsNotBoundByTheLimitOfASingleBody() {
    String text = "x".repeat(100_000);
    String lines =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"id\":\"%d\",\"title\":\"T\",\"body\":\"%s\"}".formatted(i, text))
            .collect(Collectors.joining("\n"));
    assertEquals(60, Imports.answers(collection, lines).size());
    assertEquals(60, Imports.documents(collection));
  }

  @Test
  void fifteenHundredDocumentsAreTakenAndUnchangedTheNextTime() {
    String lines =
        IntStream.range(0, 1_500)
            .mapToObj(
                i ->
                    "{\"id\":\"d/%d\",\"title\":\"Title %d\",\"body\":\"%s\"}"
                        .formatted(i, i, "some words ".repeat(100)))
            .collect(Collectors.joining("\n"));
    assertEquals(1_500, Imports.answers(collection, lines).size());
    assertEquals(1_500, Imports.documents(collection));
    assertTrue(
        Imports.answers(collection, lines).stream()
            .allMatch(a -> "unchanged".equals(a.get("outcome").asText())));
  }

  @Test
  void importsOfTheSameDocumentsAtOnceDoNotLockEachOtherOut() throws InterruptedException {
    List<Integer> order = IntStream.range(0, 150).boxed().toList();
    Callable<List<String>> forwards = () -> Imports.summaries(collection, Imports.lines(order));
    Callable<List<String>> backwards =
        () -> Imports.summaries(collection, Imports.lines(order.reversed()));
    List<String> outcomes;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes =
          clients.invokeAll(List.of(forwards, backwards, forwards, backwards)).stream()
              .map(Future::resultNow)
              .flatMap(List::stream)
              .map(summary -> summary.split(" ", -1)[2])
              .toList();
    }
    assertEquals(150, frequency(outcomes, "created"));
    assertEquals(450, frequency(outcomes, "unchanged"));
  }

  @Test
  void databaseErrorStopsTheImportAtItsLineAndSaysSo() {
    Database.execute("alter table content.document add constraint no_bomb check (title <> 'bomb')");
    try {
      String good = Imports.lines(IntStream.range(0, 100).boxed().toList());
      Imports.bulk(collection, good + "\n{\"id\":\"bomb\",\"title\":\"bomb\"}\n")
          .then()
          .statusCode(500)
          .contentType("application/problem+json")
          .body("line", is(101))
          .body("detail", startsWith("The lines before line 101 were dealt with"));
      assertEquals(100, Imports.documents(collection));
    } finally {
      Database.execute("alter table content.document drop constraint no_bomb");
    }
    assertFalse(Imports.answers(collection, "{\"id\":\"bomb\",\"title\":\"bomb\"}").isEmpty());
  }

  private static long frequency(List<String> values, String value) {
    return values.stream().filter(value::equals).count();
  }
}
