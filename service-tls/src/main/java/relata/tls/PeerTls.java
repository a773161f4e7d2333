package relata.tls;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * TLS for clients that want to be given a context once and for all. It is of the files as they were
 * last read, and checks that the server has the name by which it was asked for.
 */
@Singleton
public final class PeerTls {
  /** By name in the TLS registry; what is not configured is not here. */
  private final Map<String, FollowingContext> contexts;

  @Inject
  PeerTls(TlsConfigurationRegistry registry) {
    this(
        TlsNames.ALL.stream()
            .filter(name -> registry.get(name).isPresent())
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> new FollowingContext(contextOf(registry.get(name).orElseThrow())))));
  }

  private PeerTls(Map<String, FollowingContext> contexts) {
    this.contexts = Map.copyOf(contexts);
  }

  /** For peers that are spoken to plainly. */
  public static PeerTls none() {
    return new PeerTls(Map.of());
  }

  /** Towards NATS; empty if nothing is configured. */
  public Optional<SSLContext> nats() {
    return Optional.ofNullable(contexts.get(TlsNames.NATS));
  }

  /** Towards another service, with our own certificate; empty if nothing is configured. */
  public Optional<SSLContext> services() {
    return Optional.ofNullable(contexts.get(TlsNames.SERVICES));
  }

  /** The registry has read the files anew. */
  void renewed(@Observes CertificateUpdatedEvent event) {
    FollowingContext following = contexts.get(event.name());
    if (following != null) {
      following.follow(contextOf(event.tlsConfiguration()));
    }
  }

  private static SSLContext contextOf(TlsConfiguration configuration) {
    try {
      return configuration.createSSLContext();
    } catch (Exception unusable) {
      throw new IllegalStateException(
          "The TLS configuration \"%s\" cannot be used: %s"
              .formatted(configuration.getName(), unusable.getMessage()),
          unusable);
    }
  }
}
