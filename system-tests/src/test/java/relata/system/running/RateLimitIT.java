package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key has one rate over all replicas, wherever its requests go, also when a replica is lost. */
@Tag("alone")
final class RateLimitIT {
  private static final int PER_SECOND = 100;

  /** Of ten seconds: while the machine has something else to do, nothing is lost. */
  private static final int BURST = 10 * PER_SECOND;

  private static final double TOLERANCE = 0.05;

  /** Refusals after which nothing is left of the burst, and the processes are warm. */
  private static final int SETTLED = 200;

  /** So many refusals in this time, and nothing is left of what was saved up in a pause. */
  private static final int USED_UP = 20;

  private static final Duration JUST_NOW = Duration.ofMillis(200);

  /** Requests under way, of which a busy machine has many at times, that are a percent at most. */
  private static final int FEW = 8;

  private static final Duration MEASURED = Duration.ofSeconds(8);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static ApiReplicas replicas;
  private static String key;
  private static HttpClient client;

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * What became of a request.
   *
   * @param sentAt when it was sent: on a busy machine answers come in heaps
   */
  private record Answer(int status, long sentAt) {}

  @BeforeAll
  static void start() {
    replicas =
        ApiReplicas.start(
            folder,
            3,
            Map.of(
                "RELATA_RATE_PER_SECOND", Integer.toString(PER_SECOND),
                "RELATA_RATE_BURST", Integer.toString(BURST),
                // A busy machine's late answer is not to be taken for a database that is away.
                "RELATA_RATE_TIMEOUT", "10s"));
    key = replicas.key("acme", "read");
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.shutdownNow();
    }
    if (replicas != null) {
      replicas.close();
    }
  }

  @Test
  void threeReplicasLetTheRateThroughEvenlyUnevenlyAndWithOneOfThemLost() throws Exception {
    measure("even", 90, 90, 90);
    measure("uneven", 220, 30, 15);
    replicas.kill(0);
    measure("one lost", 0, 130, 130);
  }

  /** Offers so many requests a second to each replica, all together more than the key may send. */
  private void measure(String which, int... perSecond) throws Exception {
    answers.clear();
    List<Future<?>> sent = new ArrayList<>();
    long from;
    long until;
    try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(3)) {
      for (int replica = 0; replica < perSecond.length; replica++) {
        if (perSecond[replica] > 0) {
          HttpRequest request = request(replicas.urls().get(replica));
          sent.add(
              clock.scheduleAtFixedRate(
                  () -> send(request), 0, 1_000_000 / perSecond[replica], TimeUnit.MICROSECONDS));
        }
      }
      // What was saved up is gone once somebody is refused.
      from = momentWhen(() -> refusedSince(Long.MIN_VALUE) > SETTLED);
      until = momentWhen(() -> System.nanoTime() - from >= MEASURED.toNanos());
      sent.forEach(each -> each.cancel(false));
    }
    Awaitility.await().atMost(LIMIT).until(() -> inFlight.get() == 0);
    check(which, from, until);
    for (int replica = 0; replica < perSecond.length; replica++) {
      if (perSecond[replica] > 0) {
        String meters = RestAssured.get(replicas.urls().get(replica) + "/q/metrics").asString();
        assertFalse(
            meters.contains("relata_rate_fetches_total{outcome=\"failed\"}"), "counted together");
      }
    }
  }

  private long refusedSince(long moment) {
    return answers.stream()
        .filter(answer -> answer.status() == 429 && answer.sentAt() >= moment)
        .count();
  }

  /**
   * When it is true, nothing is saved up, and few wait for an answer: they are let through on
   * account of later.
   */
  private long momentWhen(BooleanSupplier condition) {
    AtomicLong moment = new AtomicLong();
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              moment.set(System.nanoTime());
              return inFlight.get() <= FEW
                  && condition.getAsBoolean()
                  && refusedSince(moment.get() - JUST_NOW.toNanos()) > USED_UP;
            });
    return moment.get();
  }

  private void check(String which, long from, long until) {
    List<Answer> measured =
        answers.stream().filter(one -> one.sentAt() >= from && one.sentAt() < until).toList();
    long accepted = measured.stream().filter(one -> one.status() == 200).count();
    long refused = measured.stream().filter(one -> one.status() == 429).count();
    double allowed = PER_SECOND * (until - from) / 1e9;
    System.out.printf(
        "rate: %s accepted=%d refused=%d allowed=%.0f deviation=%+.1f%%%n",
        which, accepted, refused, allowed, 100 * (accepted / allowed - 1));
    assertEquals(measured.size(), accepted + refused, "nothing but 200 and 429");
    assertTrue(refused > 0, "more was offered than allowed");
    assertEquals(allowed, accepted, TOLERANCE * allowed, which);
  }

  private void send(HttpRequest request) {
    long sentAt = System.nanoTime();
    inFlight.incrementAndGet();
    var unused =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .thenAccept(answer -> answers.add(new Answer(answer.statusCode(), sentAt)))
            .whenComplete((_, _) -> inFlight.decrementAndGet());
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/collections"))
        .header("Authorization", "Bearer " + key)
        .timeout(LIMIT)
        .build();
  }
}
