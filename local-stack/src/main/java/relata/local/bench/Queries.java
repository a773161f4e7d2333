package relata.local.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryReply;

/** Search texts, each another one, for which a vector is asked as graph-service asks for it. */
final class Queries implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Connection nats;
  private final long generation;

  private Queries(Connection nats, long generation) {
    this.nats = nats;
    this.generation = generation;
  }

  static Queries to(BenchStack stack, long generation) throws IOException, InterruptedException {
    Options options = Options.builder().server(stack.natsUrl()).connectionTimeout(LIMIT).build();
    return new Queries(Nats.connect(options), generation);
  }

  /**
   * Asks at a steady pace.
   *
   * @param what makes the texts differ from those of another run
   * @throws IllegalStateException if one was not answered with a vector
   */
  Millis run(String what, Duration time) throws InterruptedException {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    Pace.keep(
        BenchOptions.QUERIES_PER_SECOND,
        time,
        (i, due) -> {
          long start = System.nanoTime();
          String failure = ask("where is the %s report number %d".formatted(what, i));
          times.add((System.nanoTime() - start) / 1e6);
          if (!failure.isEmpty()) {
            failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          "%d search texts got no vector, the first: %s"
              .formatted(failures.size(), failures.peek()));
    }
    return new Millis(times);
  }

  @Override
  public void close() throws InterruptedException {
    nats.close();
  }

  /** What went wrong; empty if nothing did. */
  private String ask(String text) {
    EmbedQuery query =
        EmbedQuery.newBuilder()
            .setTenant("default")
            .setGenerationId(generation)
            .setText(text)
            .build();
    try {
      EmbedQueryReply reply =
          EmbedQueryReply.parseFrom(
              nats.requestWithTimeout(Subjects.EMBED_QUERY, query.toByteArray(), LIMIT)
                  .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                  .getData());
      return reply.hasVector() ? "" : reply.getFailure().getMessage();
    } catch (InvalidProtocolBufferException
        | ExecutionException
        | TimeoutException
        | RuntimeException failed) {
      return String.valueOf(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
