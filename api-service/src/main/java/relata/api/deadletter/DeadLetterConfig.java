package relata.api.deadletter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many dead letters are replayed at once. */
@ConfigMapping(prefix = "relata.dead-letters")
public interface DeadLetterConfig {
  /**
   * Most documents of one transaction. Larger batches save commits; smaller ones hold their row
   * locks, which writers of the same documents wait for, for a shorter time.
   */
  @WithDefault("500")
  int replayBatch();

  /**
   * Most documents that one request replays; it says when some are left. It bounds how long the
   * request takes: about a second for 20,000.
   */
  @WithDefault("100000")
  int replayLimit();
}
