package relata.graph.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import relata.contracts.BrokerUsers;

/** The connection to NATS, which only makes things fast: the service works without it, slower. */
@ConfigMapping(prefix = "relata.nats")
public interface NatsConfig {
  /** One or more servers, separated by commas. */
  @WithDefault("nats://localhost:4222")
  String url();

  /**
   * The password of the user {@link BrokerUsers#GRAPH_SERVICE}; empty for a server that asks
   * nobody.
   */
  Optional<String> password();

  /** Waiting for a server to accept a connection. */
  @WithDefault("PT2S")
  Duration connectionTimeout();

  /**
   * Between two tries to connect, without end. Shorter recovers sooner, longer spares a server that
   * many clients are waiting for.
   */
  @WithDefault("PT0.5S")
  Duration reconnectWait();

  /**
   * Between two looks at whether the server still answers; the third without an answer ends the
   * connection. A reconnect that ended half open, which was seen, is noticed by nothing else.
   */
  @WithDefault("PT2S")
  Duration pingInterval();
}
