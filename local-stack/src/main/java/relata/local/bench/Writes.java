package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Single writes at a steady pace, and how long each takes until its features are committed. */
final class Writes {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BenchStack stack;
  private final String collection;
  private final int documents;

  Writes(BenchStack stack, String collection, int documents) {
    this.stack = stack;
    this.collection = collection;
    this.documents = documents;
  }

  /** Writes documents all over the collection, each once, and waits until all are ready. */
  Millis run(String edition, Duration time) throws InterruptedException, SQLException {
    Corpus corpus = new Corpus(edition);
    long generation = stack.features().activeGeneration(collection);
    Map<String, Instant> begun = new ConcurrentHashMap<>();
    int count = (int) Math.min(documents, BenchOptions.WRITES_PER_SECOND * time.toSeconds());
    int step = documents / count;
    Pace.keep(
        BenchOptions.WRITES_PER_SECOND,
        Duration.ofMillis(count * 1000L / BenchOptions.WRITES_PER_SECOND),
        i -> {
          String id = Corpus.id(i * step);
          begun.put(id, Instant.now());
          stack.client().put(collection, id, corpus.body(i * step));
        });
    return times(begun, awaitReady(generation, begun));
  }

  private Map<String, Instant> awaitReady(long generation, Map<String, Instant> begun)
      throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Instant> ready = stack.features().readySince(generation, begun.keySet());
    while (ready.size() < begun.size()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d written documents are not ready. Log: %s"
                .formatted(begun.size() - ready.size(), begun.size(), stack.worker().logFile()));
      }
      Thread.sleep(LOOK);
      ready = stack.features().readySince(generation, begun.keySet());
    }
    return ready;
  }

  private static Millis times(Map<String, Instant> begun, Map<String, Instant> ready) {
    List<Double> times = new ArrayList<>();
    begun.forEach((id, start) -> times.add(Duration.between(start, ready.get(id)).toNanos() / 1e6));
    return new Millis(times);
  }
}
