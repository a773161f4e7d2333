package relata.api.feature;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Chunks and vectors that clients bring. */
@ConfigMapping(prefix = "relata.provided")
public interface ProvidedConfig {
  /**
   * Longest body. A number takes about 12 bytes in JSON, so this holds some 1,800 vectors of 768; a
   * third of it is held in memory while it is read.
   */
  @WithDefault("16M")
  MemorySize maxBody();

  /** Most chunks of a document: as many are embedded, indexed and compared with all others. */
  @WithDefault("2000")
  int maxChunks();

  /** Longest text of a chunk, in UTF-16 units: it comes back with every search that it answers. */
  @WithDefault("100000")
  int maxTextLength();

  /** Longest heading path. */
  @WithDefault("16")
  int maxHeadings();

  /** Longest heading, in UTF-16 units. */
  @WithDefault("1000")
  int maxHeadingLength();

  /**
   * Most such requests at a time; what comes beyond is answered with 503 at once. Together with
   * {@link #maxBody()} it bounds the memory that they take.
   */
  @WithDefault("4")
  int maxRequests();

  /** How long the database may take for one step of a request. */
  @WithDefault("30s")
  Duration timeout();

  /**
   * How often the chunks are erased of generations that are not kept any more. Longer keeps their
   * disk longer.
   */
  @WithDefault("60s")
  Duration eraseInterval();

  /** Chunks erased in one transaction: more are faster, fewer hold their locks shorter. */
  @WithDefault("500")
  int eraseBatch();

  /** When a client should come back that found all places taken. */
  @WithDefault("2s")
  Duration retryAfter();
}
