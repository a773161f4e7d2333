package relata.api.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import relata.contracts.BrokerUsers;

/** How events leave the database. */
@ConfigMapping(prefix = "relata.outbox")
public interface OutboxConfig {
  /** Where NATS is, {@code nats://host:port}; several are separated by commas. */
  String natsUrl();

  /**
   * The password of the user {@link BrokerUsers#API_SERVICE}; empty for a server that asks nobody.
   */
  Optional<String> natsPassword();

  /** How long one attempt to connect may take. */
  @WithDefault("2s")
  Duration connectTimeout();

  /**
   * How often the outbox is looked at when nobody woke the relay: how late an event is at worst
   * that another replica wrote and did not publish. Shorter costs an empty query each time.
   */
  @WithDefault("250ms")
  Duration pollInterval();

  /**
   * Most events of one transaction, published together. Larger batches save commits; smaller ones
   * hold their row locks for a shorter time and repeat less after a crash.
   */
  @WithDefault("200")
  int batchSize();

  /**
   * How long NATS may take to acknowledge a batch. Unacknowledged events stay and are published
   * again; their message id makes NATS drop the second copy if the first had arrived.
   */
  @WithDefault("5s")
  Duration publishTimeout();

  /** How long one transaction of the relay may take in all, beyond {@link #publishTimeout()}. */
  @WithDefault("5s")
  Duration databaseTimeout();

  /**
   * Longest pause after failures in a row; it starts with the poll interval and doubles. Longer
   * spares a broker that is coming back; shorter publishes sooner once it is.
   */
  @WithDefault("2s")
  Duration maxRetryDelay();

  /** How often lag and length of the outbox are measured: one count of the table each time. */
  @WithDefault("5s")
  Duration measureInterval();

  /** Copies that a NATS cluster keeps of the stream; 1 is all that a single server can have. */
  @WithDefault("1")
  int streamReplicas();
}
