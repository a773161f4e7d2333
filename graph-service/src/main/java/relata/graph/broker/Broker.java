package relata.graph.broker;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import relata.contracts.BrokerUsers;
import relata.tls.PeerTls;

/**
 * The connection to NATS. It is made in the background, again and again until there is one, so that
 * the service starts while NATS is away; once made it repairs itself without end.
 */
@Singleton
public final class Broker {
  private static final Logger LOG = Logger.getLogger(Broker.class);

  private final NatsConfig config;
  private final PeerTls tls;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Connection connection;
  private volatile Thread connecting;
  private volatile boolean closing;

  public Broker(NatsConfig config, PeerTls tls) {
    this.config = config;
    this.tls = tls;
  }

  /** Runs the action, on a thread of its own, after every connect and reconnect. */
  public void onConnected(Runnable action) {
    listeners.add(action);
  }

  /**
   * Begins to connect and returns at once.
   *
   * @throws IllegalArgumentException if the configured address is none
   */
  public void start() {
    Options options = options();
    connecting = Thread.ofVirtual().name("nats-connect").start(() -> connect(options));
  }

  /** The connection if there is one now. */
  public Optional<Connection> connection() {
    Connection current = connection;
    return current != null && current.getStatus() == Connection.Status.CONNECTED
        ? Optional.of(current)
        : Optional.empty();
  }

  public void close() {
    closing = true;
    if (connecting != null) {
      connecting.interrupt();
    }
    Connection current = connection;
    if (current != null) {
      flush(current);
      closeQuietly(current);
    }
  }

  private static void flush(Connection connection) {
    try {
      connection.flush(Duration.ofSeconds(1));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | IllegalStateException away) {
      LOG.debugf("last acknowledgements were not sent reason=%s", away.getMessage());
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever waits for the connection hears of it from the listener. */
  private void connect(Options options) {
    boolean told = false;
    while (true) {
      try {
        var unused = Nats.connect(options);
        return;
      } catch (IOException away) {
        if (!told) {
          LOG.warnf("NATS is away, trying on reason=%s", away.getMessage());
          told = true;
        }
      } catch (InterruptedException stopped) {
        return;
      }
      try {
        Thread.sleep(config.reconnectWait());
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private Options options() {
    Options.Builder builder =
        Options.builder()
            .server(config.url())
            .connectionName(BrokerUsers.GRAPH_SERVICE)
            .inboxPrefix(BrokerUsers.inboxPrefix(BrokerUsers.GRAPH_SERVICE))
            .connectionTimeout(config.connectionTimeout())
            .reconnectWait(config.reconnectWait())
            .pingInterval(config.pingInterval())
            .maxReconnects(-1)
            // Else a question that nobody is there to answer looks like one that was broken off.
            .reportNoResponders()
            .connectionListener(this::changed)
            .errorListener(new QuietErrors());
    config.password().ifPresent(password -> builder.userInfo(BrokerUsers.GRAPH_SERVICE, password));
    // Certificates are for names: the client would ask for addresses, of its own and of the
    // server's.
    tls.nats()
        .ifPresent(
            context -> builder.sslContext(context).noResolveHostnames().ignoreDiscoveredServers());
    return builder.build();
  }

  private void changed(Connection changed, ConnectionListener.Events event) {
    switch (event) {
      case CONNECTED, RESUBSCRIBED -> {
        LOG.infof("NATS connected event=%s", event);
        connection = changed;
        for (Runnable listener : listeners) {
          Thread.ofVirtual().name("nats-connected").start(listener);
        }
      }
      case DISCONNECTED, CLOSED -> {
        // A try that failed ends here too, and the loop that made it goes on by itself.
        if (changed.equals(connection)) {
          LOG.infof("NATS gone event=%s", event);
          reconnect(event == ConnectionListener.Events.CLOSED);
        }
      }
      case RECONNECTED, DISCOVERED_SERVERS, LAME_DUCK -> LOG.debugf("NATS event=%s", event);
    }
  }

  /** The client gives up for good when a connection breaks just while it reconnects. */
  private void reconnect(boolean gaveUp) {
    if (gaveUp && !closing) {
      connection = null;
      start();
    }
  }
}
