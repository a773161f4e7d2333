package relata.tls;

import java.util.List;

/** Configurations in Quarkus's TLS registry: {@code quarkus.tls.<name>}. */
final class TlsNames {
  static final String NATS = "nats";
  static final String SERVICES = "services";
  static final List<String> ALL = List.of(NATS, SERVICES);

  private TlsNames() {}
}
