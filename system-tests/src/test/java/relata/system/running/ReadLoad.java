package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that search and read one collection all the time, and note whatever they lack. */
final class ReadLoad implements AutoCloseable {
  /** Longer than a client waits for an answer. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String url;
  private final String collection;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Set<Long> generations = new ConcurrentSkipListSet<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean isOver;

  /**
   * Starts them.
   *
   * @param words searches that all find something
   * @param ids documents that all have neighbours
   */
  ReadLoad(String url, String collection, List<String> words, List<String> ids) {
    this.url = url;
    this.collection = collection;
    for (String mode : List.of("hybrid", "semantic", "lexical")) {
      run(i -> search(words.get(i % words.size()), mode));
    }
    run(i -> neighbors(ids.get(i % ids.size())));
    run(i -> features(ids.get(i % ids.size())));
  }

  /** How many answers there were so far. */
  int answers() {
    return answers.get();
  }

  /** Generations that gave an answer so far. */
  Set<Long> generations() {
    return Set.copyOf(generations);
  }

  /** Fails if any answer was missing, empty, or did not say which generation gave it. */
  void check() {
    assertEquals(List.of(), faults.stream().limit(5).toList(), faults.size() + " faults");
    assertTrue(answers() > 50, "only " + answers() + " answers");
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      if (!thread.join(LIMIT)) {
        faults.add("it still waits, at " + List.of(thread.getStackTrace()));
      }
    }
  }

  private void search(String text, String mode) {
    Response answer =
        Api.json(url)
            .body(Map.of("text", text, "mode", mode, "limit", 10))
            .post("/v1/collections/{c}/search", collection);
    JsonPath found = note(answer, mode + " search for " + text);
    if (found != null && found.getList("hits").isEmpty()) {
      faults.add(mode + " search for " + text + " found nothing: " + found.prettify());
    }
    if (found != null && found.getString("notice") != null) {
      faults.add(mode + " search for " + text + ": " + found.getString("notice"));
    }
  }

  private void neighbors(String id) {
    Response answer =
        Api.json(url).get("/v1/collections/{c}/documents/{id}/neighbors", collection, id);
    JsonPath found = note(answer, "neighbours of " + id);
    if (found != null && found.getList("neighbors").isEmpty()) {
      faults.add("no neighbours of " + id + ": " + found.prettify());
    }
  }

  private void features(String id) {
    Response answer =
        Api.json(url).get("/v1/collections/{c}/documents/{id}/features", collection, id);
    JsonPath found = note(answer, "features of " + id);
    if (found != null && found.getList("chunks").isEmpty()) {
      faults.add("no features of " + id + ": " + found.prettify());
    }
  }

  /** Null unless it is an answer that names its generation. */
  private JsonPath note(Response answer, String what) {
    answers.incrementAndGet();
    JsonPath body = answer.jsonPath();
    if (answer.statusCode() != 200 || body.get("generation") == null) {
      faults.add(what + ": " + answer.statusCode() + " " + answer.asString());
      return null;
    }
    generations.add(body.getLong("generation"));
    return body;
  }

  private void run(IntConsumer step) {
    // The client loads its classes while it asks, which holds a virtual thread's carrier; there are
    // two of these on a small machine, and the model server's stand-in needs them.
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .unstarted(
                () -> {
                  for (int i = 0; !isOver; i++) {
                    try {
                      step.accept(i);
                    } catch (RuntimeException failed) {
                      faults.add(failed.toString());
                    }
                  }
                });
    threads.add(thread);
    thread.start();
  }
}
