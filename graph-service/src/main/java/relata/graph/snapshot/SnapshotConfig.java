package relata.graph.snapshot;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Indexes saved on the local disk, so that a restart need not load them from the database. */
@ConfigMapping(prefix = "relata.snapshot")
public interface SnapshotConfig {
  /**
   * Where they are, for this process alone: a second one that is given the same folder goes
   * without. None: nothing is saved, and every start reads everything from the database.
   */
  Optional<Path> folder();

  /**
   * What they may take on disk together, while one is replaced both the old and the new. About what
   * the vectors take and as much as the texts. What does not fit is not saved. More starts faster
   * with more generations.
   */
  @WithDefault("8G")
  MemorySize maxSize();

  /**
   * Between two looks at what is to be saved. Shorter notices sooner, each is a few comparisons.
   */
  @WithDefault("PT5S")
  Duration check();

  /**
   * Between two snapshots of a generation, when much changes. Shorter leaves less to be read from
   * the database at a start, longer writes less: each writes the whole generation.
   */
  @WithDefault("PT1M")
  Duration interval();

  /**
   * Share of a generation's documents of which a change is worth a new snapshot. A start reads from
   * the database what changed since, about as long for a twentieth as the rest takes from disk.
   */
  @WithDefault("0.05")
  double changedShare();

  /**
   * How long something that was deleted or replaced may stay in a snapshot of a process that runs,
   * before a new one is begun. Shorter forgets sooner, and writes a generation of which something
   * is deleted now and then as often.
   */
  @WithDefault("PT15M")
  Duration eraseWithin();

  /**
   * What writing may take when the service is told to end. One that is not done by then is given
   * up, and one that holds what was deleted is deleted itself.
   */
  @WithDefault("PT5S")
  Duration stopLimit();
}
