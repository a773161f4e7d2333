package relata.api.bulk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How much one import, of documents or of queries, may hold at a time. The whole import may be of
 * any length.
 */
@ConfigMapping(prefix = "relata.bulk")
public interface BulkConfig {
  /** Longest line; a longer one is rejected, the import goes on behind it. */
  @WithDefault("1M")
  MemorySize maxLine();

  /**
   * Most lines of one transaction. More save commits; fewer hold row locks, which single writes of
   * the same documents wait for, for a shorter time.
   */
  @WithDefault("100")
  int batchLines();

  /** Most bytes of one transaction's lines: what an import holds in memory. */
  @WithDefault("4M")
  MemorySize batchBytes();

  /**
   * How long one transaction, of a batch of documents or of one query, may take before the import
   * gives up.
   */
  @WithDefault("30s")
  Duration batchTimeout();

  /** Imports at a time; more are told to come back. Each takes a connection of the pool. */
  @WithDefault("4")
  int maxImports();

  /**
   * Imports of one tenant at a time. Keep it below {@link #maxImports()}, so that no tenant takes
   * the imports of all the others. Without effect where access is open: there is one tenant.
   */
  @WithDefault("2")
  int maxImportsOfTenant();

  /**
   * How long a client may be waited for, all pauses together, beyond the time that {@link
   * #leastSpeed()} allows it. A single pause also ends at {@code quarkus.http.read-timeout}.
   */
  @WithDefault("60s")
  Duration patience();

  /** The fewest bytes a second; of a client that sends fewer the import ends as if it broke off. */
  @WithDefault("1K")
  MemorySize leastSpeed();

  /**
   * The longest time of an import, with all that is stored meanwhile: the longest that others wait.
   * A gigabyte must go through on a busy day.
   */
  @WithDefault("2h")
  Duration longest();

  /** When a client that found all imports taken should come back. */
  @WithDefault("5s")
  Duration retryAfter();

  /**
   * Answers kept in memory until the import is read; what is more goes to a temporary file. They
   * are sent at the end because many clients read nothing before they have sent everything, and
   * both sides would wait for each other.
   */
  @WithDefault("256K")
  MemorySize answersInMemory();

  /**
   * Most answers of one import, in memory and in the file; an import with more is stopped where
   * they end. Those of a gigabyte of documents fit; those of a gigabyte of empty objects do not.
   * {@link #maxImports()} of these, each with the answers of one transaction above it, must fit
   * into the temporary folder: the {@code sizeLimit} of {@code k8s/base/api-service.yaml}.
   */
  @WithDefault("384M")
  MemorySize maxAnswers();

  /**
   * A client that takes none of its answers for so long is disconnected: as long as it takes them,
   * its import counts as one that runs.
   */
  @WithDefault("60s")
  Duration stalledAfter();
}
