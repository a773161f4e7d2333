package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** New documents of a collection, at a steady pace. */
final class Arrivals {
  static final int PER_SECOND = 200;

  /** Documents of one request: as imports bring them, and little work for this client. */
  private static final int AT_ONCE = 10;

  private final LinkedCollection loaded;
  private final Duration time;

  /** The number of the next document that arrives. */
  private int next;

  /** Of all documents of the collection those that are there for certain. */
  private final AtomicInteger written;

  /**
   * @param time of one round
   */
  Arrivals(LinkedCollection loaded, Duration time) {
    this.loaded = loaded;
    this.time = time;
    this.next = loaded.documents();
    this.written = new AtomicInteger(loaded.documents());
  }

  /**
   * Writes the documents of a round; their number. Those that are refused do not come again.
   *
   * @throws IllegalStateException if some were refused
   */
  int write() throws InterruptedException {
    int first = next;
    next += Math.toIntExact(PER_SECOND * time.toMillis() / 1000);
    int requests =
        Pace.keep(
            PER_SECOND / AT_ONCE,
            time,
            (number, due) -> {
              int from = first + number * AT_ONCE;
              List<String> lines =
                  IntStream.range(from, from + AT_ONCE)
                      .mapToObj(LinkedCollection.CORPUS::line)
                      .toList();
              var unused = loaded.stack().client().bulk(LinkedCollection.NAME, lines);
              written.addAndGet(AT_ONCE);
            });
    return requests * AT_ONCE;
  }

  /** Waits until nothing of earlier rounds is left to be done. */
  void awaitLinked() throws SQLException, InterruptedException {
    LinkedCollection.awaitLinked(loaded.stack(), loaded.generation(), written.get());
  }
}
