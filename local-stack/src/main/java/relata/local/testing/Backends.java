package relata.local.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import relata.local.nats.NatsServer;
import relata.local.postgres.LocalPostgres;

/**
 * The servers of this JVM. Quarkus loads test classes by more than one class loader, each of which
 * has statics of its own; what they share is a system property, guarded by an interned string.
 */
final class Backends {
  private static final String PROPERTY = "relata.test.backends";

  private Backends() {}

  static Map<String, String> configuration() {
    synchronized (PROPERTY.intern()) {
      String known = System.getProperty(PROPERTY);
      if (known == null) {
        known = encode(start());
        System.setProperty(PROPERTY, known);
      }
      return decode(known);
    }
  }

  private static Map<String, String> start() {
    NatsServer nats = NatsServer.startTemporary();
    LocalPostgres postgres;
    try {
      postgres = LocalPostgres.startTemporary();
    } catch (RuntimeException failed) {
      nats.close();
      throw failed;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      nats.close();
                      postgres.close();
                    }));
    return Map.of(
        "RELATA_DATABASE_URL", postgres.reactiveUrl(),
        "RELATA_DATABASE_PASSWORD", postgres.rolePassword(),
        "RELATA_NATS_URL", nats.url(),
        "RELATA_ACCESS_OPEN", "true",
        "relata.test.postgres-url", postgres.reactiveUrl(),
        "relata.test.postgres-user", postgres.user(),
        "relata.test.postgres-password", postgres.password());
  }

  private static String encode(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> decode(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }
}
