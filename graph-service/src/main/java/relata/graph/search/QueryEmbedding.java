package relata.graph.search;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryFailure;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;
import relata.graph.broker.Broker;
import relata.graph.generation.Generation;

/** Asks embedding-worker, the only one that talks to a model, for the vector of a text. */
@Singleton
public final class QueryEmbedding {
  private static final Logger LOG = Logger.getLogger(QueryEmbedding.class);
  private static final QueryVector DISCONNECTED =
      new QueryVector.Unavailable("NATS cannot be reached, so no embedding-worker can be asked.");
  private static final QueryVector NOBODY =
      new QueryVector.Unavailable("No embedding-worker answers; is one running?");
  private static final QueryVector UNREADABLE =
      new QueryVector.Unavailable("The embedding-worker's answer cannot be read.");
  private static final QueryVector STOPPING = new QueryVector.Unavailable("graph-service stops.");
  private static final QueryVector LATE =
      new QueryVector.Unavailable("The embedding-worker did not answer in time.");

  /**
   * By which the client's own limit is the longer one: without any it breaks off after five to ten
   * seconds, as it does when the connection is closed.
   */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Broker broker;
  private final QueryMemory memory;
  private final SearchConfig config;

  QueryEmbedding(Broker broker, QueryMemory memory, SearchConfig config) {
    this.broker = broker;
    this.memory = memory;
    this.config = config;
  }

  QueryVector of(Generation generation, String text) {
    return of(generation, text, config.embedTimeout());
  }

  /** As the generation's recipe embeds the text, if there is an answer within the limit. */
  public QueryVector of(Generation generation, String text, Duration limit) {
    Optional<QueryVector.Found> remembered = memory.find(generation.id(), text);
    return remembered.isPresent() ? remembered.get() : ask(generation, text, limit);
  }

  private QueryVector ask(Generation generation, String text, Duration limit) {
    Optional<Connection> connection = broker.connection();
    if (connection.isEmpty()) {
      return DISCONNECTED;
    }
    byte[] query =
        EmbedQuery.newBuilder()
            .setTenant(generation.tenant())
            .setGenerationId(generation.id())
            .setText(text)
            .build()
            .toByteArray();
    try {
      CompletableFuture<Message> reply =
          connection.get().requestWithTimeout(Subjects.EMBED_QUERY, query, limit.plus(MARGIN));
      try {
        Message message = reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        EmbedQueryReply answer = EmbedQueryReply.parseFrom(message.getData());
        QueryVector vector = read(answer);
        if (vector instanceof QueryVector.Found found && answer.getLasting()) {
          memory.keep(generation.id(), text, found);
        }
        return vector;
      } finally {
        reply.cancel(false);
      }
    } catch (TimeoutException late) {
      return LATE;
    } catch (ExecutionException nobodyAnswers) {
      return NOBODY;
    } catch (IllegalStateException closed) {
      return DISCONNECTED;
    } catch (InvalidProtocolBufferException unreadable) {
      LOG.warnf("embed reply unreadable reason=%s", unreadable.getMessage());
      return UNREADABLE;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return STOPPING;
    }
  }

  private static QueryVector read(EmbedQueryReply reply) {
    return switch (reply.getResultCase()) {
      case VECTOR -> vector(reply.getVector());
      case FAILURE -> failure(reply.getFailure());
      case RESULT_NOT_SET -> UNREADABLE;
    };
  }

  private static QueryVector vector(Vector vector) {
    float[] values = new float[vector.getDimension()];
    if (vector.getValues().size() != Float.BYTES * values.length) {
      LOG.warnf("embed reply of the wrong size dimension=%d", vector.getDimension());
      return UNREADABLE;
    }
    vector
        .getValues()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        LOG.warnf("embed reply holds a number that is not finite");
        return UNREADABLE;
      }
    }
    return new QueryVector.Found(values);
  }

  private static QueryVector failure(EmbedQueryFailure failure) {
    return switch (failure.getReason()) {
      case EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED ->
          new QueryVector.Refused(sentence(failure.getMessage()));
      case EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
          EMBED_QUERY_FAILURE_REASON_UNKNOWN_GENERATION ->
          new QueryVector.Unavailable(sentence(failure.getMessage()));
      case EMBED_QUERY_FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED -> UNREADABLE;
    };
  }

  /** More is said behind it, and a model server's own words end in any way. */
  private static String sentence(String words) {
    String stripped = words.strip();
    if (stripped.isEmpty()) {
      return "The embedding model gave no reason.";
    }
    return stripped.endsWith(".") || stripped.endsWith("…") ? stripped : stripped + ".";
  }
}
