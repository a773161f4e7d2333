package relata.worker.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryFailure;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;
import relata.worker.broker.Broker;

/**
 * Answers {@code embed.query}, sharing the work with the other replicas. Every request gets an
 * answer, also when there is no room for it: an asker who waits in vain cannot tell why.
 */
@Singleton
public final class QueryResponder {
  private static final Logger LOG = Logger.getLogger(QueryResponder.class);

  private final Broker broker;
  private final QueryEmbedder embedder;
  private final MeterRegistry meters;
  private final Semaphore admitted;
  private Connection subscribed;
  private Dispatcher dispatcher;

  QueryResponder(Broker broker, QueryEmbedder embedder, QueryConfig config, MeterRegistry meters) {
    this.broker = broker;
    this.embedder = embedder;
    this.meters = meters;
    this.admitted = new Semaphore(config.waiting());
  }

  public void start() {
    broker.onConnected(this::subscribe);
  }

  /** Takes no more requests. */
  public synchronized void stop() {
    if (subscribed != null) {
      try {
        subscribed.closeDispatcher(dispatcher);
      } catch (IllegalStateException closed) {
        LOG.debugf("nothing to unsubscribe from reason=\"%s\"", closed.getMessage());
      }
      subscribed = null;
    }
  }

  /** A connection keeps its subscriptions when it reconnects; only a new one has none. */
  private synchronized void subscribe(Connection connection) {
    if (connection != subscribed) {
      subscribed = connection;
      dispatcher = connection.createDispatcher(this::receive);
      dispatcher.subscribe(Subjects.EMBED_QUERY, Subjects.EMBED_QUERY_QUEUE);
    }
  }

  private void receive(Message message) {
    if (message.getReplyTo() == null) {
      return;
    }
    if (!admitted.tryAcquire()) {
      reply(message, new QueryAnswer.Unavailable("Too many searches at once."));
      return;
    }
    Thread.ofVirtual()
        .name("query")
        .start(
            () -> {
              try {
                reply(message, answer(message));
              } finally {
                admitted.release();
              }
            });
  }

  private QueryAnswer answer(Message message) {
    EmbedQuery query;
    try {
      query = EmbedQuery.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException unreadable) {
      return new QueryAnswer.Refused("The request cannot be read.");
    }
    try {
      return embedder.embed(query.getGenerationId(), query.getText());
    } catch (RuntimeException bug) {
      LOG.error("query failed", bug);
      return new QueryAnswer.Unavailable("The worker failed.");
    }
  }

  private void reply(Message message, QueryAnswer answer) {
    meters.counter("relata.queries", "outcome", outcome(answer)).increment();
    try {
      message.getConnection().publish(message.getReplyTo(), encode(answer).toByteArray());
    } catch (IllegalStateException disconnected) {
      LOG.debugf("query not answered reason=\"%s\"", disconnected.getMessage());
    }
  }

  private static EmbedQueryReply encode(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Vector(var embedding) ->
          EmbedQueryReply.newBuilder()
              .setVector(
                  Vector.newBuilder()
                      .setDimension(embedding.dimension())
                      .setValues(ByteString.copyFrom(embedding.values())))
              .build();
      case QueryAnswer.Unavailable(String message) ->
          failure(EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE, message);
      case QueryAnswer.Refused(String message) ->
          failure(EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED, message);
      case QueryAnswer.UnknownGeneration(String message) ->
          failure(EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_UNKNOWN_GENERATION, message);
    };
  }

  private static EmbedQueryReply failure(EmbedQueryFailureReason reason, String message) {
    return EmbedQueryReply.newBuilder()
        .setFailure(EmbedQueryFailure.newBuilder().setReason(reason).setMessage(message))
        .build();
  }

  private static String outcome(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Vector _ -> "ok";
      case QueryAnswer.Unavailable _ -> "unavailable";
      case QueryAnswer.Refused _ -> "refused";
      case QueryAnswer.UnknownGeneration _ -> "unknown";
    };
  }
}
