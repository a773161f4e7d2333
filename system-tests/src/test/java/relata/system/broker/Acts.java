package relata.system.broker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.contracts.BrokerUsers;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.system.broker.Act.Hear;
import relata.system.broker.Act.Publish;

/** All that there is to try with the streams, consumers and requests of Relata. */
final class Acts {
  private static final String TENANT = "acme";
  private static final String API = "$JS.API.";

  private static final List<String> USERS =
      List.of(BrokerUsers.API_SERVICE, BrokerUsers.EMBEDDING_WORKER, BrokerUsers.GRAPH_SERVICE);

  /** Of a subject that Relata has, and the stream that keeps it. */
  private static final Map<String, String> STREAMS =
      Map.of(
          Streams.CONTENT,
          "content.changed.",
          Streams.FEATURES,
          "features.changed.",
          Streams.EDGES,
          "edges.changed.",
          "FOREIGN",
          "foreign.");

  private static final List<String> REQUESTS =
      List.of(
          Subjects.EMBED_QUERY,
          Subjects.MODELS_STATUS,
          Subjects.MODELS_ACTIVATE,
          Subjects.MODELS_DEACTIVATE);

  private static final List<String> OF_A_STREAM =
      List.of(
          "STREAM.CREATE.",
          "STREAM.UPDATE.",
          "STREAM.INFO.",
          "STREAM.DELETE.",
          "STREAM.PURGE.",
          "STREAM.MSG.GET.",
          "STREAM.MSG.DELETE.",
          "STREAM.SNAPSHOT.",
          "STREAM.RESTORE.",
          "STREAM.PEER.REMOVE.",
          "STREAM.LEADER.STEPDOWN.",
          "DIRECT.GET.",
          "CONSUMER.CREATE.",
          "CONSUMER.NAMES.",
          "CONSUMER.LIST.");

  private static final List<String> OF_A_CONSUMER =
      List.of(
          "CONSUMER.CREATE.",
          "CONSUMER.DURABLE.CREATE.",
          "CONSUMER.INFO.",
          "CONSUMER.MSG.NEXT.",
          "CONSUMER.DELETE.",
          "CONSUMER.LEADER.STEPDOWN.",
          "CONSUMER.PAUSE.",
          "CONSUMER.RESET.",
          "CONSUMER.UNPIN.");

  private Acts() {}

  /** Each is tried by each user. */
  static Set<Act> all() {
    return Stream.of(events(), requests(), streams(), consumers(), others())
        .flatMap(acts -> acts)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What a service cannot do its work without; all else is to be refused. */
  static Set<Act> neededBy(String user) {
    return switch (user) {
      case BrokerUsers.API_SERVICE ->
          acts(
              user,
              publish(Subjects.contentChanged(TENANT)),
              publish(API + "STREAM.CREATE." + Streams.CONTENT),
              publish(API + "STREAM.UPDATE." + Streams.CONTENT),
              publish(Subjects.MODELS_STATUS),
              publish(Subjects.MODELS_ACTIVATE),
              publish(Subjects.MODELS_DEACTIVATE));
      case BrokerUsers.EMBEDDING_WORKER ->
          acts(
              user,
              publish(Subjects.featuresChanged(TENANT)),
              publish(API + "STREAM.CREATE." + Streams.FEATURES),
              publish(API + "STREAM.UPDATE." + Streams.FEATURES),
              publish(API + "STREAM.INFO." + Streams.CONTENT),
              consume(Streams.CONTENT, Streams.EMBEDDING_WORKER, Subjects.CONTENT_CHANGED_ALL),
              REQUESTS.stream().map(subject -> new Hear(subject, "embedding-worker")),
              publish(BrokerUsers.inboxPrefix(BrokerUsers.API_SERVICE) + ".a.1"),
              publish(BrokerUsers.inboxPrefix(BrokerUsers.GRAPH_SERVICE) + ".a.1"));
      case BrokerUsers.GRAPH_SERVICE ->
          acts(
              user,
              publish(Subjects.edgesChanged(TENANT)),
              publish(API + "STREAM.CREATE." + Streams.EDGES),
              publish(API + "STREAM.UPDATE." + Streams.EDGES),
              publish(API + "STREAM.INFO." + Streams.EDGES),
              USERS.stream()
                  .flatMap(
                      consumer ->
                          consume(Streams.FEATURES, consumer, Subjects.FEATURES_CHANGED_ALL)),
              publish(Subjects.EMBED_QUERY));
      default -> throw new IllegalArgumentException(user);
    };
  }

  @SafeVarargs
  private static Set<Act> acts(String user, Stream<? extends Act>... acts) {
    Stream<Act> inbox = inboxes(user);
    return Stream.concat(inbox, Stream.of(acts).flatMap(each -> each)).collect(Collectors.toSet());
  }

  private static Stream<Act> publish(String subject) {
    return Stream.of(new Publish(subject));
  }

  private static Stream<Act> inboxes(String user) {
    String inbox = BrokerUsers.inboxPrefix(user);
    return Stream.of(new Hear(inbox + ".>"), new Hear(inbox + ".a.*"), new Hear(inbox + ".a.1"));
  }

  private static Stream<Act> consume(String stream, String consumer, String filter) {
    String both = stream + "." + consumer;
    return Stream.of(
        new Publish(API + "CONSUMER.CREATE." + both + "." + filter),
        new Publish(API + "CONSUMER.INFO." + both),
        new Publish(API + "CONSUMER.MSG.NEXT." + both),
        new Publish(acknowledgement(both)));
  }

  private static String acknowledgement(String consumer) {
    return "$JS.ACK." + consumer + ".1.1.1.1.0";
  }

  private static Stream<Act> events() {
    return STREAMS.values().stream()
        .flatMap(
            prefix ->
                Stream.of(
                    new Publish(prefix + TENANT),
                    new Hear(prefix + TENANT),
                    new Hear(prefix + "*"),
                    new Hear(prefix + ">"),
                    new Hear(prefix + "*", "embedding-worker")));
  }

  private static Stream<Act> requests() {
    return REQUESTS.stream()
        .flatMap(
            subject ->
                Stream.of(
                    new Publish(subject),
                    new Hear(subject),
                    new Hear(subject, "embedding-worker"),
                    new Hear(subject, "mine")));
  }

  private static Stream<Act> streams() {
    return STREAMS.keySet().stream()
        .flatMap(
            stream -> OF_A_STREAM.stream().map(request -> new Publish(API + request + stream)));
  }

  private static Stream<Act> consumers() {
    return STREAMS.keySet().stream()
        .flatMap(stream -> USERS.stream().map(consumer -> new String[] {stream, consumer}))
        .flatMap(
            each -> {
              String both = each[0] + "." + each[1];
              return Stream.concat(
                  OF_A_CONSUMER.stream().map(request -> new Publish(API + request + both)),
                  Stream.of(
                      new Publish(
                          API + "CONSUMER.CREATE." + both + "." + STREAMS.get(each[0]) + "*"),
                      new Publish(API + "CONSUMER.CREATE." + both + ".>"),
                      new Publish(acknowledgement(both))));
            });
  }

  /** What is nobody's: the account, other uses of JetStream, the server itself, others' answers. */
  private static Stream<Act> others() {
    return Stream.of(
            USERS.stream().flatMap(Acts::inboxes),
            USERS.stream().map(user -> new Publish(BrokerUsers.inboxPrefix(user) + ".a.1")),
            Stream.of(
                    "INFO",
                    "STREAM.NAMES",
                    "STREAM.LIST",
                    "ACCOUNT.PURGE.$G",
                    "META.LEADER.STEPDOWN",
                    "SERVER.REMOVE")
                .map(request -> new Publish(API + request)),
            Stream.of("$KV.bucket.key", "$O.bucket.C.x", "$SYS.REQ.SERVER.PING", "_INBOX.a", "a")
                .map(Publish::new),
            Stream.of(">", "*", "*.>", "_INBOX.>", "_INBOX.*", "$JS.>", "$JS.API.>", "$JS.ACK.>")
                .map(Hear::new),
            Stream.of("$JS.EVENT.ADVISORY.>", "$SYS.>", "$KV.>", "$O.>").map(Hear::new))
        .flatMap(acts -> acts);
  }
}
