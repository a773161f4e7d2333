package relata.api.outbox;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import relata.contracts.BrokerUsers;
import relata.tls.PeerTls;

/**
 * The connection to NATS. The service starts and serves without it: the first connection is tried
 * until it stands, later ones the client restores by itself, for as long as it takes.
 */
@Singleton
public final class NatsLink {
  private static final Logger LOG = Logger.getLogger(NatsLink.class);

  private final Options options;

  /** A server that was away may have come back without its streams. */
  private final AtomicBoolean streamSure = new AtomicBoolean();

  private volatile Connection connection;

  NatsLink(OutboxConfig config, PeerTls tls) {
    Options.Builder builder =
        new Options.Builder()
            .server(config.natsUrl())
            .connectionName(BrokerUsers.API_SERVICE)
            .inboxPrefix(BrokerUsers.inboxPrefix(BrokerUsers.API_SERVICE))
            .connectionTimeout(config.connectTimeout())
            .maxReconnects(-1)
            // Events wait in the outbox, not in a buffer that dies with the process.
            .reconnectBufferSize(0)
            // Else a question that nobody is there to answer looks like one that was broken off.
            .reportNoResponders()
            .connectionListener(this::changed)
            .errorListener(new NatsErrors());
    config
        .natsPassword()
        .ifPresent(password -> builder.userInfo(BrokerUsers.API_SERVICE, password));
    // Certificates are for names: the client would ask for addresses, of its own and of the
    // server's.
    tls.nats()
        .ifPresent(
            context -> builder.sslContext(context).noResolveHostnames().ignoreDiscoveredServers());
    this.options = builder.build();
  }

  /** The connection, made if there is none yet. Called by one thread alone. */
  Connection connect() throws IOException, InterruptedException {
    if (connection == null || connection.getStatus() == Connection.Status.CLOSED) {
      connection = Nats.connect(options);
    }
    if (!isConnected()) {
      throw new IOException("NATS is " + status());
    }
    return connection;
  }

  /**
   * Gives up a connection that stands and does not work: after a restart of the server the client
   * sometimes reports to be connected while no answer ever reaches it.
   */
  void renew() throws InterruptedException {
    if (isConnected()) {
      LOG.warn("nats connection is mute and made anew");
      connection.close();
    }
  }

  /** The connection if it stands just now, for requests that nobody waits with when it does not. */
  public Optional<Connection> standing() {
    return Optional.ofNullable(connection).filter(_ -> isConnected());
  }

  boolean isConnected() {
    return connection != null && connection.getStatus() == Connection.Status.CONNECTED;
  }

  /** In one word, for the health page. */
  String status() {
    return connection == null ? "DISCONNECTED" : connection.getStatus().name();
  }

  /** Whether the stream was seen since the connection stands and no publish missed it. */
  boolean isStreamSure() {
    return streamSure.get();
  }

  void streamSeen() {
    streamSure.set(true);
  }

  void streamDoubted() {
    streamSure.set(false);
  }

  void close() throws InterruptedException {
    if (connection != null) {
      connection.close();
    }
  }

  private void changed(Connection changed, ConnectionListener.Events event) {
    streamDoubted();
    LOG.debugf("nats event=%s status=%s", event.name(), changed.getStatus());
  }
}
