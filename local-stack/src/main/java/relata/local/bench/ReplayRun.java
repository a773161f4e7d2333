package relata.local.bench;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import relata.contracts.Streams;

/**
 * All events once more: the worker's place in the stream is deleted while it runs, so that it
 * begins again with the first.
 */
final class ReplayRun {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  private ReplayRun() {}

  /**
   * @param documents that were written before, each with an event
   */
  static void measure(BenchStack stack, int documents, BenchReport report) throws Exception {
    long rows = stack.features().rows();
    long transaction = stack.features().transaction();
    ModelCounters.Counts before = stack.model().counts();
    CpuSplit cpu = CpuSplit.start(stack);
    long start = System.nanoTime();
    long events;
    // The limit of each request to JetStream, too.
    Options options =
        Options.builder().server(stack.natsUrl()).connectionTimeout(REQUEST_LIMIT).build();
    try (Connection nats = Nats.connect(options)) {
      JetStreamManagement streams = nats.jetStreamManagement();
      events = streams.getStreamInfo(Streams.CONTENT).getStreamState().getMsgCount();
      if (events < documents) {
        throw new IllegalStateException(
            "The stream has %d events of %d documents.".formatted(events, documents));
      }
      stack.say("Replaying %,d events.".formatted(events));
      streams.deleteConsumer(Streams.CONTENT, Streams.EMBEDDING_WORKER);
      awaitCaughtUp(streams, events);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    WorkerMetrics.awaitIdle(stack);
    long changed =
        stack.features().rowsWrittenSince(transaction) + Math.abs(stack.features().rows() - rows);
    report.figure("replay.rows", changed, "rows", new Bar.AtMost(0));
    report.figure(
        "replay.calls",
        stack.model().counts().calls() - before.calls(),
        "calls",
        new Bar.AtMost(0));
    report.figure("replay.rate", events / seconds, "events/s");
    cpu.print(report, "replay", Math.toIntExact(events));
  }

  private static void awaitCaughtUp(JetStreamManagement streams, long events)
      throws IOException, InterruptedException, JetStreamApiException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isCaughtUp(streams, events)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The replay did not end in " + LIMIT.toMinutes() + " min.");
      }
      Thread.sleep(LOOK);
    }
  }

  private static boolean isCaughtUp(JetStreamManagement streams, long events)
      throws IOException, JetStreamApiException {
    try {
      ConsumerInfo worker = streams.getConsumerInfo(Streams.CONTENT, Streams.EMBEDDING_WORKER);
      return worker.getNumPending() == 0
          && worker.getNumAckPending() == 0
          && worker.getDelivered().getConsumerSequence() >= events;
    } catch (JetStreamApiException notYet) {
      if (notYet.getErrorCode() == 404) {
        return false;
      }
      throw notYet;
    }
  }
}
