package relata.api.outbox;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.jboss.logging.Logger;

/** Keeps failed attempts to reconnect out of the log: the relay tells of an outage once. */
final class NatsErrors implements ErrorListener {
  private static final Logger LOG = Logger.getLogger(NatsErrors.class);

  /** What the server says is wrong, as a refused permission; no retry will help. */
  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warnf("nats refused error=%s", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    LOG.debugf("nats connection cause=%s", failure);
  }
}
