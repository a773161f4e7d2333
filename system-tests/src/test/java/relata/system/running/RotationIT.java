package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import relata.contracts.BrokerUsers;
import relata.local.testing.Certificates;

/**
 * Every certificate and every authority is replaced, again and again, while others write and
 * search, and every connection but that to NATS is made anew all the time.
 */
@Tag("alone")
final class RotationIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ROUNDS = 3;
  private static final int DOCUMENTS = 100;
  private static final List<String> SERVERS =
      List.of("postgres", "nats", BrokerUsers.GRAPH_SERVICE, BrokerUsers.API_SERVICE);

  /** Handshakes all the time: none goes on with what an earlier one agreed on. */
  private static final String SHORT_LIVED =
      """
      quarkus.rest-client.graph-service.keep-alive-enabled=false
      quarkus.datasource.reactive.max-lifetime=1s
      quarkus.datasource.background.reactive.max-lifetime=1s
      """;

  @TempDir Path folder;

  private Certificates authority;

  /** Three times all certificates, each of which is waited for: minutes on a busy machine. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void noRequestFailsWhileEverythingIsReplaced() throws Exception {
    authority = Certificates.authority(folder.resolve("authority"));
    Map<String, String> environment = new HashMap<>(Patience.ENVIRONMENT);
    environment.put(
        "QUARKUS_CONFIG_LOCATIONS",
        Files.writeString(folder.resolve("settings.properties"), SHORT_LIVED).toString());
    try (SecuredStack stack = SecuredStack.start(folder, authority, environment)) {
      Api api = new Api(stack.url());
      api.createCollection(SteadyLoad.COLLECTION);
      for (int i = 0; i < DOCUMENTS; i++) {
        api.put(SteadyLoad.COLLECTION, "old-" + i, "Title " + i, "The old text number " + i + ".");
      }
      api.awaitSettled(SteadyLoad.COLLECTION, LIMIT);
      SSLContext first = caller();
      assertEquals(200, SecuredStack.get(first, question(stack)).statusCode());

      // It waits until everything is loaded, which is no handover.
      Awaitility.await("a first search")
          .atMost(LIMIT)
          .untilAsserted(() -> api.search(SteadyLoad.COLLECTION, "old text", "semantic"));
      SteadyLoad load = new SteadyLoad(api, "semantic");
      Visits visits = new Visits(stack.graphPort());
      try (load;
          visits) {
        load.await();
        for (int round = 1; round <= ROUNDS; round++) {
          replace(stack, load, round);
        }
      }
      System.out.printf(
          "all certificates and authorities replaced %d times: %s; %s%n", ROUNDS, load, visits);
      load.check(stack::warnings);
      visits.check();
      assertNoLongerBelieved(stack, first);
      // The only connection that stood all the time.
      stack.nats().stop();
      stack.nats().start();
      stack.awaitReady(authority);
    }
  }

  /** First who is believed as well, then who one is, then who is believed no longer. */
  private void replace(SecuredStack stack, SteadyLoad load, int round) throws Exception {
    Certificates next = Certificates.authority(folder.resolve("authority-" + round));
    Path both =
        Files.writeString(
            folder.resolve("both-%d.crt".formatted(round)),
            Files.readString(authority.certificate()) + Files.readString(next.certificate()));
    stack.files().believe(both);
    load.await();
    for (String server : SERVERS) {
      String name = server.equals(BrokerUsers.API_SERVICE) ? server : SecuredStack.NAME;
      stack.files().show(server, next.issue(server + "-" + round, name).believing(both));
    }
    stack.reloadNats();
    stack.showCertificateOfPostgres(true);
    for (Map.Entry<Handshake, Integer> each : stack.servers().entrySet()) {
      Awaitility.await(each + " to show the new one")
          .atMost(LIMIT)
          .until(() -> next.hasIssued(each.getKey().with(each.getValue())));
    }
    load.await();
    stack.files().believe(next.certificate());
    load.await();
    authority = next;
  }

  /** Not even whoever goes on with a session of before. */
  private void assertNoLongerBelieved(SecuredStack stack, SSLContext first) throws Exception {
    assertThrows(IOException.class, () -> SecuredStack.get(first, question(stack)));
    assertEquals(200, SecuredStack.get(caller(), question(stack)).statusCode());
  }

  private SSLContext caller() throws Exception {
    return authority.context(Optional.of(authority.issue("caller", BrokerUsers.API_SERVICE)));
  }

  private static URI question(SecuredStack stack) {
    return URI.create(
        "https://%s:%d/internal/generations/1/index"
            .formatted(SecuredStack.NAME, stack.graphPort()));
  }

  /** Somebody who comes to graph-service all the time, for a handshake each. */
  private static final class Visits implements AutoCloseable {
    private final Queue<Exception> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread;
    private volatile boolean isOver;

    Visits(int port) {
      thread = Thread.ofPlatform().daemon().start(() -> visit(port));
    }

    private void visit(int port) {
      while (!isOver) {
        try {
          var unused = Handshake.DIRECT.with(port);
          count.incrementAndGet();
          Thread.sleep(SteadyLoad.PAUSE);
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return;
        } catch (Exception failed) {
          faults.add(failed);
        }
      }
    }

    void check() {
      assertEquals(List.of(), List.copyOf(faults));
    }

    @Override
    public void close() throws InterruptedException {
      isOver = true;
      thread.join(LIMIT);
    }

    @Override
    public String toString() {
      return "%d handshakes, %d failed".formatted(count.get(), faults.size());
    }
  }
}
