package relata.graph.generation;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * How much memory the indexes take together, and who makes room: those that nobody has asked for
 * for the longest time, if that is long enough. What is in use is never taken away.
 */
final class IndexMemory {
  private static final Logger LOG = Logger.getLogger(IndexMemory.class);

  private final Map<Long, Kept> kept;
  private final LongConsumer unload;
  private final Optional<Long> limitBytes;
  private final Duration coldAfter;

  /** For each generation on its way into memory what it will take. */
  private final Map<Long, Long> expected = new HashMap<>();

  private boolean isShort;

  /**
   * @param kept the generations that are in memory, or on their way there
   * @param unload takes one of them out
   */
  IndexMemory(
      Map<Long, Kept> kept, LongConsumer unload, Optional<Long> limitBytes, Duration coldAfter) {
    this.kept = kept;
    this.unload = unload;
    this.limitBytes = limitBytes;
    this.coldAfter = coldAfter;
  }

  boolean isLimited() {
    return limitBytes.isPresent();
  }

  /** Whether so much fits without taking anything out; what takes none always does. */
  synchronized boolean isFree(long bytes) {
    return bytes == 0 || limitBytes.isEmpty() || taken() + bytes <= limitBytes.get();
  }

  /**
   * Sets room aside for a generation until {@link #arrived}.
   *
   * @throws MemoryTakenException if there is none
   */
  synchronized void reserve(long generationId, long bytes) {
    if (!isFree(bytes) && (!canMakeRoom(bytes) || !makeRoom(bytes))) {
      throw new MemoryTakenException(
          ("The index of generation %d takes about %d MiB, and %d of %d MiB are taken by indexes"
                  + " in use. Try again later, when others are not; or give graph-service more memory"
                  + " and raise relata.generation.memory-limit, or keep the collection in OpenSearch.")
              .formatted(
                  generationId, mebibytes(bytes), mebibytes(taken()), mebibytes(limitBytes.get())));
    }
    expected.put(generationId, bytes);
  }

  /** What it really takes is counted from now on, or it did not come. */
  synchronized void arrived(long generationId) {
    expected.remove(generationId);
  }

  /** Makes room if what is in memory has grown beyond the limit. */
  synchronized void relieve() {
    boolean fits = limitBytes.isEmpty() || makeRoom(0);
    if (!fits && !isShort) {
      LOG.warnf(
          "indexes in use have grown beyond the limit taken=%d limit=%d",
          taken(), limitBytes.get());
    }
    isShort = !fits;
  }

  /** Whether it suffices to take out all that may be; if not, none of it has to go. */
  private boolean canMakeRoom(long bytes) {
    long cold =
        cold()
            .flatMap(entry -> entry.getValue().now().stream())
            .mapToLong(GenerationIndex::memoryBytes)
            .sum();
    return taken() - cold + bytes <= limitBytes.orElseThrow();
  }

  private boolean makeRoom(long bytes) {
    while (taken() + bytes > limitBytes.orElseThrow()) {
      Optional<Map.Entry<Long, Kept>> coldest = coldest();
      if (coldest.isEmpty()) {
        return false;
      }
      LOG.infof(
          "generation unloaded generation=%d idle=%s",
          coldest.get().getKey(), coldest.get().getValue().idle());
      unload.accept(coldest.get().getKey());
    }
    return true;
  }

  private Optional<Map.Entry<Long, Kept>> coldest() {
    return cold().max(Comparator.comparing(entry -> entry.getValue().idle()));
  }

  private Stream<Map.Entry<Long, Kept>> cold() {
    return kept.entrySet().stream()
        .filter(entry -> entry.getValue().now().filter(index -> !index.isShared()).isPresent())
        .filter(entry -> entry.getValue().idle().compareTo(coldAfter) >= 0);
  }

  private long taken() {
    long arrived =
        kept.values().stream()
            .flatMap(one -> one.now().stream())
            .mapToLong(GenerationIndex::memoryBytes)
            .sum();
    return arrived + expected.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
