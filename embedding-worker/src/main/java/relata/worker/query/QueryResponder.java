package relata.worker.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryFailure;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;
import relata.worker.broker.Broker;
import relata.worker.broker.Responder;

/** Answers {@code embed.query}. */
@Singleton
public final class QueryResponder {
  private static final QueryAnswer UNREADABLE =
      new QueryAnswer.Refused("The request cannot be read.");

  private final QueryEmbedder embedder;
  private final MeterRegistry meters;
  private final Responder responder;

  QueryResponder(Broker broker, QueryEmbedder embedder, QueryConfig config, MeterRegistry meters) {
    this.embedder = embedder;
    this.meters = meters;
    this.responder =
        new Responder(
            broker,
            Subjects.EMBED_QUERY_QUEUE,
            Map.of(Subjects.EMBED_QUERY, new Vectors()),
            config.waiting(),
            new Responder.Excuses(
                () -> counted(new QueryAnswer.Unavailable("Too many searches at once.")),
                () -> counted(new QueryAnswer.Unavailable("The worker failed."))));
  }

  public void start() {
    responder.start();
  }

  /** Takes no more requests. */
  public void stop() {
    responder.stop();
  }

  private final class Vectors implements Responder.Answer {
    @Override
    public Optional<byte[]> known(byte[] request) {
      return read(request)
          .flatMap(query -> embedder.remembered(query.getGenerationId(), query.getText()))
          .map(QueryResponder.this::counted);
    }

    @Override
    public byte[] to(byte[] request) {
      return counted(
          read(request)
              .map(query -> embedder.embed(query.getGenerationId(), query.getText()))
              .orElse(UNREADABLE));
    }
  }

  private static Optional<EmbedQuery> read(byte[] request) {
    try {
      return Optional.of(EmbedQuery.parseFrom(request));
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
  }

  private byte[] counted(QueryAnswer answer) {
    meters.counter("relata.queries", "outcome", outcome(answer)).increment();
    return encode(answer).toByteArray();
  }

  private static EmbedQueryReply encode(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Vector(var embedding, boolean lasting) ->
          EmbedQueryReply.newBuilder()
              .setLasting(lasting)
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
