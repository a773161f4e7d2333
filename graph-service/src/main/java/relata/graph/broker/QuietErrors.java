package relata.graph.broker;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.support.Status;
import org.jboss.logging.Logger;

/** One short line a problem; the client's own listener writes every detail. */
final class QuietErrors implements ErrorListener {
  private static final Logger LOG = Logger.getLogger(QuietErrors.class);

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warnf("NATS error reason=%s", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.debugf("NATS exception reason=%s", exception.toString());
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.warnf("NATS slow consumer pending=%d", consumer.getPendingMessageCount());
  }

  @Override
  public void messageDiscarded(Connection connection, Message message) {
    LOG.debugf("NATS message discarded subject=%s", message.getSubject());
  }

  @Override
  public void pullStatusError(
      Connection connection, JetStreamSubscription subscription, Status status) {
    LOG.debugf("NATS pull failed status=%s", status);
  }

  @Override
  public void unhandledStatus(
      Connection connection, JetStreamSubscription subscription, Status status) {
    LOG.debugf("NATS status=%s", status);
  }
}
