package relata.worker.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import relata.contracts.BrokerUsers;

/** The connection to NATS. */
@ConfigMapping(prefix = "relata.broker")
interface BrokerConfig {
  /** One address, or several of a cluster with commas between; {@code tls://} for encryption. */
  String url();

  /**
   * The password of the user {@link BrokerUsers#EMBEDDING_WORKER}; empty for a server that asks
   * nobody.
   */
  Optional<String> password();

  /** Pause between two tries to connect, which never end: shorter is back sooner. */
  @WithDefault("500ms")
  Duration reconnectWait();

  /**
   * Between two looks at whether the server still answers; the third without an answer ends the
   * connection. A reconnect that ended half open, which was seen, is noticed by nothing else.
   */
  @WithDefault("2s")
  Duration pingInterval();

  /** How long to wait for the server's answer to a request about streams and consumers. */
  @WithDefault("3s")
  Duration requestLimit();
}
