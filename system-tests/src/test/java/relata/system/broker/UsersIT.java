package relata.system.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.contracts.BrokerUsers;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.local.nats.NatsServer;

/**
 * Every user of the shipped configuration tries everything. That what they may do is enough is what
 * the classes on the shared stack show, whose nats-server has the same configuration.
 */
final class UsersIT {
  @TempDir static Path folder;

  private static ShippedNats shipped;
  private static NatsServer server;

  @BeforeAll
  static void start() throws Exception {
    shipped = ShippedNats.in(folder);
    server =
        NatsServer.start(
            folder.resolve("data"), 0, folder.resolve("nats.log"), Optional.of(shipped.file()));
    stream(BrokerUsers.API_SERVICE, Streams.CONTENT, Subjects.CONTENT_CHANGED_ALL);
    stream(BrokerUsers.EMBEDDING_WORKER, Streams.FEATURES, Subjects.FEATURES_CHANGED_ALL);
    stream(BrokerUsers.GRAPH_SERVICE, Streams.EDGES, Subjects.EDGES_CHANGED_ALL);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void mayDoWhatTheyNeedAndNothingElse() throws IOException {
    Set<Act> all = Acts.all();
    int refusals = 0;
    for (String user : shipped.passwords().keySet()) {
      Set<Act> needed = Acts.neededBy(user);
      assertTrue(all.containsAll(needed), "not tried: " + minus(needed, all));
      try (RawClient client = client(user)) {
        Set<Act> refused = client.refused(all);
        assertEquals(Set.of(), minus(minus(all, refused), needed), user + " may too much");
        assertEquals(Set.of(), minus(needed, minus(all, refused)), user + " may too little");
        refusals += refused.size();
      }
    }
    int users = shipped.passwords().size();
    System.out.printf(
        "NATS: %d users x %d acts = %d, of which %d are refused%n",
        users, all.size(), users * all.size(), refusals);
  }

  /**
   * A server that knows the user is asked for what the user may not: nothing must have happened.
   */
  @Test
  void leaveTheStreamsAsTheyAre() throws Exception {
    long content = waiting(BrokerUsers.EMBEDDING_WORKER, Streams.CONTENT, "content.changed.*");
    long features = waiting(BrokerUsers.GRAPH_SERVICE, Streams.FEATURES, "features.changed.*");
    for (String user : shipped.passwords().keySet()) {
      Set<Act> destroying = new HashSet<>();
      for (String stream : List.of(Streams.CONTENT, Streams.FEATURES, Streams.EDGES)) {
        for (String request : List.of("DELETE", "PURGE")) {
          destroying.add(new Act.Publish("$JS.API.STREAM.%s.%s".formatted(request, stream)));
        }
      }
      try (RawClient client = client(user)) {
        assertEquals(destroying, client.refused(destroying));
      }
    }

    assertTrue(content > 0 && features > 0);
    assertEquals(
        content, waiting(BrokerUsers.EMBEDDING_WORKER, Streams.CONTENT, "content.changed.*"));
    assertEquals(
        features, waiting(BrokerUsers.GRAPH_SERVICE, Streams.FEATURES, "features.changed.*"));
    try (Connection nats = connect(BrokerUsers.GRAPH_SERVICE)) {
      assertTrue(
          nats.jetStreamManagement().getStreamInfo(Streams.EDGES).getStreamState().getMsgCount()
              > 0);
    }
  }

  @Test
  void areAskedForTheirOwnPassword() {
    for (String user : shipped.passwords().keySet()) {
      for (String other : shipped.passwords().keySet()) {
        if (!other.equals(user)) {
          refuses(RawClient.user(user, shipped.passwordOf(other)));
        }
      }
      refuses(RawClient.user(user, ""));
      refuses(RawClient.user(user, user));
    }
    refuses("");
    refuses(RawClient.user("admin", "admin"));
  }

  private static void refuses(String credentials) {
    IOException refused =
        assertThrows(
            IOException.class, () -> RawClient.connect(server.port(), credentials).close());
    assertEquals("-ERR 'Authorization Violation'", refused.getMessage());
  }

  private static Set<Act> minus(Set<Act> some, Set<Act> others) {
    Set<Act> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static RawClient client(String user) throws IOException {
    return RawClient.connect(server.port(), RawClient.user(user, shipped.passwordOf(user)));
  }

  private static Connection connect(String user) throws IOException, InterruptedException {
    return Nats.connect(
        Options.builder()
            .server(server.url())
            .userInfo(user, shipped.passwordOf(user))
            .inboxPrefix(BrokerUsers.inboxPrefix(user))
            // The limit of each request to JetStream, too.
            .connectionTimeout(Duration.ofSeconds(10))
            .build());
  }

  /** A stream with an event in it. */
  private static void stream(String user, String name, String subjects) throws Exception {
    try (Connection nats = connect(user)) {
      nats.jetStreamManagement()
          .addStream(StreamConfiguration.builder().name(name).subjects(subjects).build());
      nats.jetStream().publish(subjects.replace("*", "acme"), new byte[0]);
    }
  }

  /** How many events a consumer that starts at the first one has not seen. */
  private static long waiting(String user, String stream, String filter) throws Exception {
    try (Connection nats = connect(user)) {
      return nats.jetStreamManagement()
          .addOrUpdateConsumer(
              stream, ConsumerConfiguration.builder().durable(user).filterSubject(filter).build())
          .getNumPending();
    }
  }
}
