package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final Settings SETTINGS = new Settings(128, 10, 4, 128, 512, 8, 50, 16);

  private static final long LOOK_NANOS = 50_000;

  private final Clusters clusters = new Clusters(40, 4, 1);
  private final Publication publication = new Publication();
  private final Store store = new Store(SETTINGS, Optional.empty(), publication);

  /** Goes on a little with each look, or who gives way to a writer would do so for long. */
  private long nanos;

  private final Courtesy courtesy =
      new Courtesy(SETTINGS.settledMillis(), () -> nanos += LOOK_NANOS);
  private final Upkeep upkeep =
      new Upkeep(SETTINGS, new PlainKernels(), publication, store, courtesy, this);
  private long nextId;

  private synchronized void write(int documents) {
    store.reserve(40, documents);
    for (int i = 0; i < documents; i++) {
      store.put(clusters.document(nextId++, 1));
    }
    store.publish();
    courtesy.wrote();
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Upkeep.Step last() {
    Upkeep.Step step = upkeep.next();
    while (step == Upkeep.Step.DONE) {
      step = upkeep.next();
    }
    return step;
  }

  @Test
  void rowsAreSketchedAtOnceAndListedWhenNothingIsWritten() {
    write(150);
    assertEquals(Upkeep.Step.WAITED, last());
    assertEquals(0, publication.current().lists());
    assertEquals(-1, store.outdated());
    pass(49);
    write(150);
    assertEquals(Upkeep.Step.WAITED, last());
    pass(50);
    assertEquals(Upkeep.Step.NOTHING, last());
    assertEquals(256 / 8, publication.current().lists());
  }

  @Test
  void rowsAreListedWhileWritesDoNotEnd() {
    write(150);
    for (int i = 0; i < 50; i++) {
      assertEquals(Upkeep.Step.WAITED, last());
      pass(40);
      write(1);
    }
    assertEquals(Upkeep.Step.NOTHING, last());
    assertEquals(128 / 8, publication.current().lists());
  }

  @Test
  void asManyAsMayBeListedTogetherDoNotWait() {
    write(520);
    assertEquals(Upkeep.Step.NOTHING, last());
    assertEquals(512 / 8, publication.current().lists());
  }
}
