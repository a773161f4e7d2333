package relata.graph.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryFailure;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;

/** Plays embedding-worker: answers searches with vectors. */
public final class QueryWorker {
  private QueryWorker() {}

  public static void start(Connection nats, Function<EmbedQuery, EmbedQueryReply> answer)
      throws IOException, InterruptedException, TimeoutException {
    var unused =
        nats.createDispatcher(
                message ->
                    nats.publish(
                        message.getReplyTo(), reply(answer, message.getData()).toByteArray()))
            .subscribe(Subjects.EMBED_QUERY, Subjects.EMBED_QUERY_QUEUE);
    nats.flush(Duration.ofSeconds(20));
  }

  private static EmbedQueryReply reply(Function<EmbedQuery, EmbedQueryReply> answer, byte[] data) {
    try {
      return answer.apply(EmbedQuery.parseFrom(data));
    } catch (InvalidProtocolBufferException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }

  public static EmbedQueryReply vector(float... values) {
    return EmbedQueryReply.newBuilder()
        .setVector(
            Vector.newBuilder()
                .setDimension(values.length)
                .setValues(ByteString.copyFrom(VectorBytes.of(values))))
        .build();
  }

  public static EmbedQueryReply failure(EmbedQueryFailureReason reason, String message) {
    return EmbedQueryReply.newBuilder()
        .setFailure(EmbedQueryFailure.newBuilder().setReason(reason).setMessage(message))
        .build();
  }
}
