package relata.local.model;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits of a model server. Whatever is beyond one of them is refused, never kept waiting
 * without bound.
 *
 * @param host the address to listen on; the server has no authentication, so keep it on loopback
 * @param port the port to listen on, 0 for a free one
 * @param computeThreads texts computed at the same time; more threads than cores only slow each
 *     other down
 * @param maxPending requests for a model that are read, waiting or at work; one more is answered
 *     503
 * @param maxBodyBytes the largest body that is read; a larger one is answered 413
 * @param maxPendingBytes the bodies of all of them together, or else 503; it bounds the memory that
 *     requests take, which is about three times as much
 * @param maxInputs the most texts in one embed request, because each costs an answer of 384 floats;
 *     more are answered 400
 * @param keepAlive how long an idle model stays loaded if a request does not say
 */
public record ModelServerConfig(
    String host,
    int port,
    int computeThreads,
    int maxPending,
    int maxBodyBytes,
    int maxPendingBytes,
    int maxInputs,
    Duration keepAlive) {

  public ModelServerConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(keepAlive, "keepAlive");
    require(port >= 0 && port <= 65_535, "port must be 0..65535");
    require(computeThreads > 0, "computeThreads must be at least 1");
    require(maxPending > 0, "maxPending must be at least 1");
    require(maxBodyBytes > 0, "maxBodyBytes must be at least 1");
    require(maxPendingBytes >= maxBodyBytes, "maxPendingBytes must be at least maxBodyBytes");
    require(maxInputs > 0, "maxInputs must be at least 1");
  }

  /** A free port on loopback, every core at work, Ollama's five minutes of keep-alive. */
  public static ModelServerConfig defaults() {
    return new ModelServerConfig(
        "127.0.0.1",
        0,
        Runtime.getRuntime().availableProcessors(),
        64,
        8 << 20,
        16 << 20,
        1_024,
        Duration.ofMinutes(5));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
