package relata.api.generation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How generations are looked after until they are switched to, and after. */
@ConfigMapping(prefix = "relata.generation")
public interface GenerationConfig {
  /** Whether this process conducts; at least one has to. */
  @WithDefault("true")
  boolean conduct();

  /**
   * How often a generation that is nearly whole is looked at: how late it is switched to. Each look
   * counts all documents of the collection.
   */
  @WithDefault("2s")
  Duration lookInterval();

  /**
   * Longest pause between two looks, for a generation that is far from whole. Longer costs less;
   * shorter notices sooner that the rest went faster than thought.
   */
  @WithDefault("30s")
  Duration maxLookInterval();

  /**
   * How many documents a second a generation may gain at most: a generation that lacks n documents
   * is not looked at before that many seconds, between the two intervals above.
   */
  @WithDefault("2000")
  int fastestDocumentsPerSecond();

  /** How long one look, or one change of a generation, may take in the database. */
  @WithDefault("30s")
  Duration databaseTimeout();

  /** Most generations that one round looks at; the others' turn is the next round. */
  @WithDefault("100")
  int maxLooks();

  /**
   * How many collections are looked at at once. So many comparisons may take their full time before
   * another collection's switch waits; each look holds a connection of the pool until it ends.
   */
  @WithDefault("4")
  int looksAtOnce();

  /**
   * Age up to which a document that was written counts as on its way, not as missing. Without it a
   * collection that is written to all the time would never be whole; what was written within it may
   * be found a moment later than before when the switch comes.
   */
  @WithDefault("5s")
  Duration grace();

  /**
   * How long the report of a generation holds that did not pass, or waits for its user: then it is
   * compared again, for documents and queries change. A comparison is work for graph-service and
   * the model.
   */
  @WithDefault("5m")
  Duration reportAge();

  /**
   * Most stored queries of a comparison, judged ones first, then by name. Each is embedded twice.
   */
  @WithDefault("200")
  int maxQueries();

  /** How long a generation is kept that was switched away from, for a rollback. It costs disk. */
  @WithDefault("24h")
  Duration keep();

  /** A rollback is refused when less than this is left: its features may go at any moment. */
  @WithDefault("1m")
  Duration rollbackMargin();

  /** Most generations of one page of the list. */
  @WithDefault("100")
  int pageSize();
}
