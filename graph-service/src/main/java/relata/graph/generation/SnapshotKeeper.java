package relata.graph.generation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.snapshot.Draft;
import relata.graph.snapshot.SnapshotConfig;
import relata.graph.snapshot.SnapshotOrigin;
import relata.graph.snapshot.Snapshots;

/**
 * Writes the snapshots of the generations that are in memory, one at a time, on a thread of its
 * own. Readers never wait for it, and writers while marks are copied. What fails is a snapshot
 * less.
 */
@Singleton
public final class SnapshotKeeper {
  private static final Logger LOG = Logger.getLogger(SnapshotKeeper.class);
  private static final Duration INTERRUPTED = Duration.ofSeconds(1);

  private final Database database;
  private final Generations generations;
  private final Snapshots snapshots;
  private final SnapshotConfig config;
  private final SnapshotSchedule schedule;
  private final MeterRegistry meters;
  private final Timer written;
  private final Timer failed;
  private final Map<Long, Instant> tried = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Thread thread;

  public SnapshotKeeper(
      Database database,
      Generations generations,
      Snapshots snapshots,
      SnapshotConfig config,
      MeterRegistry meters) {
    this.database = database;
    this.generations = generations;
    this.snapshots = snapshots;
    this.config = config;
    this.meters = meters;
    this.written = meters.timer("relata.snapshots", "outcome", "written");
    this.failed = meters.timer("relata.snapshots", "outcome", "failed");
    schedule = new SnapshotSchedule(config);
  }

  public void start() {
    if (snapshots.isEnabled()) {
      // A platform thread, because it computes checksums and writes files.
      thread = Thread.ofPlatform().daemon().name("snapshots").start(this::loop);
    }
  }

  /**
   * Writes what is worth it, within the limit. What was deleted is in no snapshot when this
   * returns.
   */
  public void stop() throws InterruptedException {
    stopping.countDown();
    if (thread == null) {
      return;
    }
    if (!thread.join(config.stopLimit())) {
      thread.interrupt();
      var unused = thread.join(INTERRUPTED);
    }
    for (GenerationIndex index : generations.loaded()) {
      if (index.unsaved().obsoleteSince().isPresent()) {
        snapshots.delete(index.generation().id());
      }
    }
  }

  private void loop() {
    try {
      while (!stopping.await(config.check().toMillis(), TimeUnit.MILLISECONDS)) {
        for (GenerationIndex index : generations.loaded()) {
          if (isDue(index) && stopping.getCount() > 0) {
            write(index);
          }
        }
      }
      for (GenerationIndex index : generations.loaded()) {
        if (schedule.isDueAtTheEnd(index.unsaved(), index.documentIds().size())) {
          write(index);
        }
      }
    } catch (InterruptedException tooLate) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDue(GenerationIndex index) {
    return schedule.isDue(
        index.unsaved(),
        index.documentIds().size(),
        Optional.ofNullable(tried.get(index.generation().id())),
        Instant.now());
  }

  /** Writes the generation's snapshot now. */
  private void write(GenerationIndex index) throws InterruptedException {
    long generationId = index.generation().id();
    Timer.Sample sample = Timer.start(meters);
    boolean isWritten = false;
    try {
      isWritten = tryToWrite(index);
    } catch (IOException | RuntimeException | Error failure) {
      // Errors too, such as memory that does not suffice: nobody else would go on with the others.
      LOG.warnf("snapshot not written generation=%d reason=%s", generationId, failure);
    }
    tried.put(generationId, Instant.now());
    sample.stop(isWritten ? written : failed);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!isWritten && schedule.isObsolete(index.unsaved(), Instant.now())) {
      snapshots.delete(generationId);
    }
  }

  private boolean tryToWrite(GenerationIndex index) throws IOException {
    long generationId = index.generation().id();
    long start = System.nanoTime();
    Optional<SnapshotOrigin> origin =
        database.transaction(session -> SnapshotOrigin.read(session, generationId));
    if (origin.isEmpty()) {
      return false;
    }
    try (Draft draft = snapshots.begin(generationId, index.savedBytes())) {
      Optional<FrozenGeneration> state = index.freeze();
      if (state.isEmpty()) {
        return false;
      }
      boolean published = false;
      try (FrozenGeneration frozen = state.get()) {
        frozen.save(draft.folder());
        draft.publish(origin.get(), frozen.documents(), frozen.chunks());
        published = true;
      } finally {
        if (!published) {
          index.notSaved(state.get());
        }
      }
      LOG.infof(
          "snapshot written generation=%d documents=%d milliseconds=%d",
          generationId,
          state.get().documents(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return true;
    }
  }
}
