package relata.worker.backfill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a backfill goes that runs as a program of its own. */
@ConfigMapping(prefix = "relata.backfill")
interface BackfillConfig {
  /** Documents in a batch, unless an option says otherwise; more need fewer statements. */
  @WithDefault("100")
  int batch();

  /**
   * Batches in work at once. One more than {@code relata.gate.permits} keeps the model server busy
   * while another is read or stored; each takes the memory of a batch.
   */
  @WithDefault("5")
  int atOnce();

  /** Ids read in one query. */
  @WithDefault("1000")
  int page();

  /** Between two lines of progress; each counts the documents that are meant. */
  @WithDefault("5s")
  Duration progress();

  /** Between two looks when nothing can be done now: tries that are not due, or no free model. */
  @WithDefault("2s")
  Duration pause();

  /**
   * After how long without any progress the backfill gives up, since nothing says that there will
   * be some: a model is missing, or its server away. Longer outlasts a longer restart, shorter
   * frees the Job sooner.
   */
  @WithDefault("5m")
  Duration standstill();

  /** How long the database may be away before the backfill gives up. */
  @WithDefault("2m")
  Duration outage();

  /** How long a stopped backfill finishes what it has begun before it gives it back. */
  @WithDefault("10s")
  Duration shutdownGrace();

  /** How long the broker may take for the last events; what it has not, other workers publish. */
  @WithDefault("30s")
  Duration lastEvents();
}
