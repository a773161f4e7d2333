package relata.tls;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLEngineOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * TLS for servers and clients that want to be told once and for all how it is done. Each handshake
 * is made by the files as they were last read; connections that stand stay.
 */
@Singleton
public final class PeerTls {
  /** By name in the TLS registry; what is not configured is not here. */
  private final Map<String, TlsFiles> files;

  private final ScheduledExecutorService reading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tls-files").daemon().factory());

  @Inject
  PeerTls(TlsConfigurationRegistry registry, Vertx vertx, TlsConfig config) {
    this(
        TlsNames.ALL.stream()
            .filter(name -> registry.get(name).isPresent())
            .collect(
                Collectors.toMap(
                    name -> name, name -> new TlsFiles(registry.get(name).orElseThrow(), vertx))));
    readEvery(config.reloadPeriod());
  }

  private PeerTls(Map<String, TlsFiles> files) {
    this.files = Map.copyOf(files);
  }

  /** For peers that are spoken to plainly. */
  public static PeerTls none() {
    return new PeerTls(Map.of());
  }

  /** Towards NATS, whose name is checked; empty if nothing is configured. */
  public Optional<SSLContext> nats() {
    return named(TlsNames.NATS);
  }

  /**
   * Towards another service, whose name is checked, with our own certificate; empty if nothing is
   * configured.
   */
  public Optional<SSLContext> services() {
    return named(TlsNames.SERVICES);
  }

  /** The same for a server or client of Vert.x, whose options say whether names are checked. */
  public Optional<SSLEngineOptions> servicesEngine() {
    return engine(TlsNames.SERVICES);
  }

  /**
   * Towards PostgreSQL, for a client of Vert.x, whose options say whether names are checked; empty
   * if nothing is configured.
   */
  public Optional<SSLEngineOptions> databaseEngine() {
    return engine(TlsNames.DATABASE);
  }

  /** By name of the configuration. */
  Map<String, TlsFiles> files() {
    return files;
  }

  private void readEvery(Duration period) {
    if (!files.isEmpty()) {
      var unused =
          reading.scheduleWithFixedDelay(
              () -> files.values().forEach(TlsFiles::renew),
              period.toMillis(),
              period.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void close() {
    reading.shutdownNow();
  }

  private Optional<SSLContext> named(String name) {
    return Optional.ofNullable(files.get(name))
        .map(each -> FollowingContext.checkingNames(each::context));
  }

  private Optional<SSLEngineOptions> engine(String name) {
    return Optional.ofNullable(files.get(name))
        .map(each -> new FollowingEngine(FollowingContext.following(each::context)));
  }
}
