package relata.worker.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** In which order documents are worked on, and how many at once. */
@ConfigMapping(prefix = "relata.schedule")
interface ScheduleConfig {
  /**
   * Batches in work at once. Each has one call to a model on its way at most, so that more than
   * {@code relata.gate.permits} keep the model server busy while others are read or stored; each
   * takes the memory of a batch. By default half as many more as there are permits, and at least
   * two.
   */
  OptionalInt slots();

  /**
   * After how long a batch is taken for stuck, so that it keeps no batch of another model out.
   * Shorter frees the others sooner; there are never more than twice the slots in work.
   */
  @WithDefault("5s")
  Duration patience();

  /** Documents in a batch of changes: more share calls better, fewer are ready sooner. */
  @WithDefault("10")
  int liveBatch();

  /**
   * How long changes wait for others to join them, from the start of the batch before, if twice a
   * batch of them comes in that time and batches take less than five times that. Longer takes less
   * from searches while many documents arrive, shorter has each of them ready sooner; with 0 none
   * waits.
   */
  @WithDefault("200ms")
  Duration gathering();

  /**
   * Documents in a batch of whatever else is stale, and the most in one of changes that come fast
   * or wait: more need fewer statements, and hold up a more urgent batch for longer.
   */
  @WithDefault("100")
  int backfillBatch();

  /**
   * Documents in one queue, of which each generation has one for each lane. Longer queues keep more
   * events from being acknowledged early, and delay a document behind others of its collection.
   */
  @WithDefault("1000")
  int queue();

  /**
   * Documents in all queues, about 200 bytes each, and their events' messages; beyond it each
   * generation may still have as many as are in a batch of changes.
   */
  @WithDefault("10000")
  int total();

  /** Generations that are known to have work, about 500 bytes each; the sweep finds the others. */
  @WithDefault("10000")
  int generations();

  /** Between two looks at a generation that is behind, if the first found something. */
  @WithDefault("200ms")
  Duration again();

  /** How long to wait after the database failed. */
  @WithDefault("1s")
  Duration retryDelay();

  /**
   * How long a stopping worker finishes what it has begun before it gives it back. Kubernetes kills
   * after 30 s, and giving back takes one statement.
   */
  @WithDefault("10s")
  Duration shutdownGrace();

  default AgendaLimits limits(int permits) {
    return new AgendaLimits(
        slots().orElse(permits + Math.max(2, permits / 2)),
        patience(),
        liveBatch(),
        gathering(),
        backfillBatch(),
        queue(),
        total(),
        generations(),
        again());
  }
}
