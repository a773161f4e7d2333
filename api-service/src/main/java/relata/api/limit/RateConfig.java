package relata.api.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests one caller, a key or the subject of a token, may send over all replicas. */
@ConfigMapping(prefix = "relata.rate")
interface RateConfig {
  /**
   * Requests a second that a caller may keep up; 0: as many as it likes. It keeps one program that
   * went wild from taking the service from the others of its tenant and from other tenants. Open
   * access knows no callers and is not limited.
   */
  @WithDefault("500")
  int perSecond();

  /**
   * Requests that a caller who was quiet may send at once. Higher lets programs that work by fits
   * and starts through; lower spares the service the start.
   */
  @WithDefault("1000")
  int burst();

  /**
   * A replica fetches as many requests at a time as a caller may send in this time, so it is how
   * often a busy caller costs a statement, and bounds what a replica holds that others could use.
   */
  @WithDefault("50ms")
  Duration slice();

  /**
   * How long a request may wait for the count. Later, and while the database is away, each replica
   * counts by itself: a caller then has the rate at each of them.
   */
  @WithDefault("500ms")
  Duration timeout();

  /** Most callers whose share a replica remembers, about 200 bytes each. */
  @WithDefault("10000")
  int maxCallers();

  /** How often counts of callers that have long been quiet are deleted. */
  @WithDefault("1h")
  Duration eraseInterval();
}
