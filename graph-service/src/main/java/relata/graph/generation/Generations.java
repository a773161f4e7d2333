package relata.graph.generation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.snapshot.Snapshots;

/**
 * The generations that this replica keeps in memory. Each is loaded once, when first asked for; one
 * that nobody has asked for for a while makes room when memory is short, and is loaded again.
 */
@Singleton
public final class Generations {
  private static final Logger LOG = Logger.getLogger(Generations.class);

  private final SharedStores stores;
  private final Snapshots snapshots;
  private final MeterRegistry meters;
  private final Counter refused;
  private final GenerationLoader loader;
  private final IndexMemory memory;
  private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

  /** Those that are not in memory for want of it, and are loaded when somebody asks for them. */
  private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

  private final List<LongConsumer> dropListeners = new CopyOnWriteArrayList<>();

  public Generations(
      Database database,
      GenerationConfig config,
      SharedStores stores,
      Snapshots snapshots,
      MeterRegistry meters) {
    this.stores = stores;
    this.snapshots = snapshots;
    this.meters = meters;
    this.refused = meters.counter("relata.index.refused");
    loader = new GenerationLoader(database, config, stores, snapshots, meters);
    memory =
        new IndexMemory(
            kept,
            this::unload,
            config.memoryLimit().map(MemorySize::asLongValue),
            config.coldAfter());
  }

  @PreDestroy
  void close() {
    loader.close();
  }

  /** Tells of each generation that is not kept in memory any more. */
  public void onDrop(LongConsumer listener) {
    dropListeners.add(listener);
  }

  /**
   * The generation's index, loaded if it is not in memory; whoever asks meanwhile waits.
   *
   * @return empty if there is no such generation
   * @throws relata.graph.database.DatabaseException if it cannot be loaded now
   * @throws MemoryTakenException if it does not fit beside those that are in use
   */
  public Optional<GenerationIndex> find(long generationId) {
    Kept mine = new Kept();
    Kept running = kept.putIfAbsent(generationId, mine);
    if (running != null) {
      running.asked();
      return running.await();
    }
    try {
      Optional<GenerationIndex> loaded = load(generationId);
      if (loaded.isEmpty()) {
        kept.remove(generationId, mine);
      }
      mine.loaded(loaded);
      return loaded;
    } catch (Throwable failed) {
      // Errors too, such as memory that does not suffice: whoever waits would wait for ever.
      kept.remove(generationId, mine);
      mine.failed(failed);
      throw failed;
    } finally {
      memory.arrived(generationId);
    }
  }

  private Optional<GenerationIndex> load(long generationId) {
    if (memory.isLimited()) {
      reserve(generationId);
    }
    Optional<GenerationIndex> loaded = loader.load(generationId);
    waiting.remove(generationId);
    return loaded;
  }

  private void reserve(long generationId) {
    try {
      memory.reserve(generationId, loader.expectedBytes(generationId));
    } catch (MemoryTakenException full) {
      waiting.add(generationId);
      refused.increment();
      throw full;
    }
  }

  /**
   * Loads the generation before somebody asks for it, if there is memory that nobody has. One for
   * which there is none waits until it is asked for.
   */
  public void warm(long generationId) {
    if (kept.containsKey(generationId) || waiting.contains(generationId)) {
      return;
    }
    if (memory.isLimited() && !memory.isFree(loader.expectedBytes(generationId))) {
      waiting.add(generationId);
      LOG.infof("generation waits to be asked for, memory is short generation=%d", generationId);
      return;
    }
    find(generationId);
  }

  /** The generation's index if it is in memory or on its way there. */
  public Optional<GenerationIndex> findLoaded(long generationId) {
    Kept running = kept.get(generationId);
    return running == null ? Optional.empty() : running.await();
  }

  /** Forgets the generation; whoever still uses its index may go on. */
  public void drop(long generationId) {
    waiting.remove(generationId);
    if (remove(generationId).isPresent()) {
      LOG.infof("generation dropped generation=%d", generationId);
    }
  }

  /** Nobody will write its snapshot anew, so one that holds what was deleted goes, too. */
  private void unload(long generationId) {
    waiting.add(generationId);
    Optional<GenerationIndex> index = remove(generationId);
    if (snapshots.isEnabled() && index.flatMap(one -> one.unsaved().obsoleteSince()).isPresent()) {
      snapshots.delete(generationId);
    }
    meters.counter("relata.index.unloads").increment();
  }

  private Optional<GenerationIndex> remove(long generationId) {
    Kept was = kept.remove(generationId);
    dropListeners.forEach(listener -> listener.accept(generationId));
    return was == null ? Optional.empty() : was.now();
  }

  /**
   * Lets indexes make room that nobody asks for, if those in memory have grown beyond the limit.
   */
  public void relieve() {
    memory.relieve();
  }

  /**
   * The generations that there is something shared of.
   *
   * @throws IndexAwayException if that cannot be asked now
   */
  public Set<Long> sharedIds() {
    return stores.generations();
  }

  /** Erases what is shared of a generation that is gone. */
  public void eraseShared(long generationId) {
    stores.erase(generationId);
    LOG.infof("shared index erased generation=%d", generationId);
  }

  /** The generations that are in memory or on their way there. */
  public Set<Long> ids() {
    return Set.copyOf(kept.keySet());
  }

  /** The indexes that are in memory now. */
  public List<GenerationIndex> loaded() {
    return kept.values().stream().flatMap(one -> one.now().stream()).toList();
  }
}
