package relata.worker.broker;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.jboss.logging.Logger;

/** One line for what the server refuses; the library's own writes a stack trace for everything. */
final class BrokerErrors implements ErrorListener {
  private static final Logger LOG = Logger.getLogger(BrokerErrors.class);

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
