package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Single writes at a steady pace, and how long each takes until something of it is committed. */
final class Writes {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BenchStack stack;
  private final String collection;
  private final int documents;
  private final Outcome outcome;

  /** What is waited for. */
  interface Outcome {
    /** When it was committed of the newest version of each of these documents, of those it was. */
    Map<String, Instant> since(long generation, Collection<String> ids) throws SQLException;
  }

  Writes(BenchStack stack, String collection, int documents, Outcome outcome) {
    this.stack = stack;
    this.collection = collection;
    this.documents = documents;
    this.outcome = outcome;
  }

  /** Writes documents all over the collection, each once, and waits until all are done. */
  Millis run(String edition, Duration time) throws InterruptedException, SQLException {
    Corpus corpus = new Corpus(edition);
    long generation = stack.features().activeGeneration(collection);
    Map<String, Instant> begun = new ConcurrentHashMap<>();
    int count = (int) Math.min(documents, BenchOptions.WRITES_PER_SECOND * time.toSeconds());
    int step = documents / count;
    Pace.keep(
        BenchOptions.WRITES_PER_SECOND,
        Duration.ofMillis(count * 1000L / BenchOptions.WRITES_PER_SECOND),
        (i, due) -> {
          String id = Corpus.id(i * step);
          begun.put(id, Instant.now());
          stack.client().put(collection, id, corpus.body(i * step));
        });
    return times(begun, awaitAll(generation, begun));
  }

  private Map<String, Instant> awaitAll(long generation, Map<String, Instant> begun)
      throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Instant> done = outcome.since(generation, begun.keySet());
    while (done.size() < begun.size()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d written documents are not done. Logs: %s"
                .formatted(
                    begun.size() - done.size(),
                    begun.size(),
                    stack.worker().logFile().getParent()));
      }
      Thread.sleep(LOOK);
      done = outcome.since(generation, begun.keySet());
    }
    return done;
  }

  private static Millis times(Map<String, Instant> begun, Map<String, Instant> done) {
    List<Double> times = new ArrayList<>();
    begun.forEach((id, start) -> times.add(Duration.between(start, done.get(id)).toNanos() / 1e6));
    return new Millis(times);
  }
}
