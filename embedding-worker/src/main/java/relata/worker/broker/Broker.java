package relata.worker.broker;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import relata.contracts.BrokerUsers;
import relata.tls.PeerTls;
import relata.worker.loop.Loop;

/**
 * The connection to NATS. It is made by itself, whenever the server is there, and kept for ever:
 * the process starts and lives without one.
 */
@Singleton
public final class Broker {
  private static final Logger LOG = Logger.getLogger(Broker.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final BrokerConfig config;
  private final PeerTls tls;
  private final List<Consumer<Connection>> listeners = new CopyOnWriteArrayList<>();
  private volatile Connection connection;
  private volatile boolean stopped;
  private volatile boolean up;
  private Loop connecting;

  Broker(BrokerConfig config, PeerTls tls) {
    this.config = config;
    this.tls = tls;
  }

  /** Calls back after every connect and reconnect, on a thread that must not be held up. */
  public void onConnected(Consumer<Connection> listener) {
    listeners.add(listener);
  }

  /** Starts to connect, and returns. */
  public void start() {
    connecting =
        new Loop("nats-connect", "nats not connected", config.reconnectWait(), this::connect);
    connecting.start();
  }

  /** The connection while it is up. */
  public Optional<Connection> connected() {
    return Optional.ofNullable(connection)
        .filter(made -> made.getStatus() == Connection.Status.CONNECTED);
  }

  /**
   * Administers streams and consumers.
   *
   * @throws IOException when it is not connected
   */
  public JetStreamManagement management() throws IOException {
    return connected()
        .orElseThrow(() -> new IOException("NATS is not connected."))
        .jetStreamManagement(
            JetStreamOptions.builder().requestTimeout(config.requestLimit()).build());
  }

  /** Sends what is waiting to be sent, and closes. */
  public void stop() throws InterruptedException {
    stopped = true;
    connecting.stop();
    if (connection != null) {
      try {
        connection.flush(CLOSE_LIMIT);
      } catch (TimeoutException unanswered) {
        LOG.warn("nats closed with messages unsent");
      }
      connection.close();
    }
  }

  private boolean connect() throws IOException, InterruptedException {
    Nats.connectReconnectOnConnect(options());
    return false;
  }

  /** What one of them meets keeps the others from nothing. */
  private static void tell(Consumer<Connection> listener, Connection made) {
    try {
      listener.accept(made);
    } catch (RuntimeException | Error failed) {
      LOG.warnf("connection not taken up reason=\"%s\"", failed);
    }
  }

  private Options options() {
    Options.Builder builder =
        new Options.Builder()
            .servers(config.url().split(",", -1))
            .connectionName(BrokerUsers.EMBEDDING_WORKER)
            .inboxPrefix(BrokerUsers.inboxPrefix(BrokerUsers.EMBEDDING_WORKER))
            .maxReconnects(-1)
            .reconnectWait(config.reconnectWait())
            .pingInterval(config.pingInterval())
            .connectionTimeout(config.requestLimit())
            .connectionListener(this::changed)
            .errorListener(new BrokerErrors());
    config
        .password()
        .ifPresent(password -> builder.userInfo(BrokerUsers.EMBEDDING_WORKER, password));
    // Certificates are for names: the client would ask for addresses, of its own and of the
    // server's.
    tls.nats()
        .ifPresent(
            context -> builder.sslContext(context).noResolveHostnames().ignoreDiscoveredServers());
    return builder.build();
  }

  private void changed(Connection changed, Events event) {
    switch (event) {
      case CONNECTED, RECONNECTED -> {
        LOG.infof("nats connected server=%s", changed.getConnectedUrl());
        connection = changed;
        up = true;
        listeners.forEach(listener -> tell(listener, changed));
      }
      case DISCONNECTED -> {
        // The library says it after every try to connect.
        if (up) {
          up = false;
          LOG.warn("nats disconnected");
        }
      }
      case CLOSED -> {
        // The library gives up on some errors, such as credentials refused twice. We do not. A
        // first try that failed ends here too, and the loop that made it goes on by itself.
        if (!stopped && changed.equals(connection)) {
          LOG.warn("nats connection closed");
          connection = null;
          start();
        }
      }
      case RESUBSCRIBED, DISCOVERED_SERVERS, LAME_DUCK -> {}
    }
  }
}
