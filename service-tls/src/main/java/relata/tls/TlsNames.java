package relata.tls;

import java.util.List;

/** Configurations in Quarkus's TLS registry: {@code quarkus.tls.<name>}. */
final class TlsNames {
  static final String DATABASE = "database";
  static final String NATS = "nats";
  static final String SERVICES = "services";
  static final List<String> ALL = List.of(DATABASE, NATS, SERVICES);

  private TlsNames() {}
}
