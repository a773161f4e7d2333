package relata.worker.outbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import relata.worker.database.Transaction;

/** Where events wait for the relay, written in the transaction that they tell of. */
@Singleton
public final class Outbox {
  private static final String ADD =
      """
      insert into feature.outbox (subject, payload, traceparent)
      select * from unnest($1::text[], $2::bytea[], $3::text[])
      """;

  private final Semaphore signal = new Semaphore(0);

  /** Adds events to a transaction. */
  public void add(Transaction transaction, List<FeatureEvent> events) {
    if (!events.isEmpty()) {
      transaction.send(
          ADD,
          Tuple.tuple()
              .addValue(events.stream().map(FeatureEvent::subject).toArray(String[]::new))
              .addValue(
                  events.stream()
                      .map(event -> Buffer.buffer(event.payload()))
                      .toArray(Buffer[]::new))
              .addValue(events.stream().map(FeatureEvent::traceparent).toArray(String[]::new)));
    }
  }

  /** To be called once the transaction is committed: the relay need not wait for its next look. */
  public void committed() {
    signal.release();
  }

  /** Waits for a commit or for the time to be up. */
  void await(long millis) throws InterruptedException {
    if (signal.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      signal.drainPermits();
    }
  }
}
