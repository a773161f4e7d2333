package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Clients that write and search all the time, each request over a connection of its own. */
final class SteadyLoad implements AutoCloseable {
  static final String COLLECTION = "rolled";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int EACH_STEP = 20;

  /**
   * However busy the machine is: more than that is a handover that makes people wait. Less than
   * {@link Patience} lets a search wait for its vector: one that goes on by words alone is too
   * long.
   */
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(18);

  /** The machine has other things to do as well. */
  static final Duration PAUSE = Duration.ofMillis(50);

  private final Api api;
  private final String mode;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger searches = new AtomicInteger();
  private final AtomicLong longestSearch = new AtomicLong();
  private volatile boolean isOver;

  /**
   * @param api as they ask it
   * @param mode of the searches; those that are {@code semantic} need everything to be there
   */
  SteadyLoad(Api api, String mode) {
    this.api = api;
    this.mode = mode;
    run(written, this::write);
    run(searches, this::search);
  }

  /** Waits until both have gone on for a while; gives how often they were answered so far. */
  int await() {
    int before = written.get();
    int searchesBefore = searches.get();
    Awaitility.await("writes and searches to go on")
        .atMost(LIMIT)
        .until(
            () ->
                written.get() >= before + EACH_STEP
                    && searches.get() >= searchesBefore + EACH_STEP);
    return written.get() + searches.get();
  }

  int written() {
    return written.get();
  }

  /** Fails if any request did. */
  void check() {
    check(() -> "");
  }

  /**
   * Fails if any request did.
   *
   * @param why what those have to say who were asked
   */
  void check(Supplier<String> why) {
    assertEquals(
        List.of(),
        faults.stream().limit(10).toList(),
        () -> faults.size() + " failed requests\n" + why.get());
    assertTrue(longestSearch.get() < LONGEST_SEARCH.toMillis(), toString());
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

  @Override
  public String toString() {
    return "%d writes, %d searches, the longest %d ms, %d failed"
        .formatted(written.get(), searches.get(), longestSearch.get(), faults.size());
  }

  private Response write(int i) {
    return api.json()
        .body(Map.of("title", "Title " + i, "body", "The new text number " + i + "."))
        .put("/v1/collections/{c}/documents/{id}", COLLECTION, "new-" + i);
  }

  private Response search(int i) {
    long begin = System.nanoTime();
    Response answer =
        api.json()
            .body(Map.of("text", "old text number " + i % 100, "mode", mode))
            .post("/v1/collections/{c}/search", COLLECTION);
    longestSearch.accumulateAndGet(
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), Math::max);
    return answer;
  }

  private void run(AtomicInteger answered, IntFunction<Response> request) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .unstarted(
                () -> {
                  for (int i = 0; !isOver; i++) {
                    ask(i, answered, request);
                  }
                });
    threads.add(thread);
    thread.start();
  }

  private void ask(int i, AtomicInteger answered, IntFunction<Response> request) {
    try {
      Response answer = request.apply(i);
      if (answer.statusCode() >= 300) {
        faults.add(answer.statusCode() + " " + answer.asString());
      } else if (answer.path("hits") instanceof List<?> hits && hits.isEmpty()) {
        faults.add("nothing found: " + answer.asString());
      }
      answered.incrementAndGet();
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      faults.add(failed.toString());
    }
  }
}
