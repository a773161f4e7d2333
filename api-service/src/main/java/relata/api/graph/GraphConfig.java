package relata.api.graph;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Calls to graph-service. Its address and timeouts are settings of the REST client. */
@ConfigMapping(prefix = "relata.graph")
public interface GraphConfig {
  /**
   * Most calls at a time; what comes beyond is answered with 503 at once. So many of 200 a second
   * are under way when graph-service holds its breath for a second; far more would let a slow
   * graph-service fill the memory.
   */
  @WithDefault("200")
  int maxCalls();

  /**
   * Most comparisons of generations at a time. graph-service takes them one after the other; more
   * here only wait there. It is more than {@code relata.generation.looks-at-once}, so that there is
   * room for those that users ask for.
   */
  @WithDefault("6")
  int maxComparisons();

  /**
   * How often a question is asked again whose connection was closed under it, as replicas do that
   * end. Each further one costs a search nothing but time when all are ending.
   */
  @WithDefault("2")
  int retries();

  /** When a client should come back that found graph-service away. */
  @WithDefault("2s")
  Duration retryAfter();

  /**
   * When a client should come back for whose collection graph-service had no memory. Others must
   * not have been asked for for a while, so sooner is seldom of use.
   */
  @WithDefault("60s")
  Duration memoryRetryAfter();
}
