package relata.worker.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import relata.worker.gate.GateLimits;

/** How many calls the model server sees. */
@ConfigMapping(prefix = "relata.gate")
interface GateConfig {
  /**
   * Calls on their way at once, of all lanes and models. As many as the model server works on at
   * the same time ({@code OLLAMA_NUM_PARALLEL}): more wait there, where no lane goes before
   * another.
   */
  @WithDefault("4")
  int permits();

  /**
   * After how long a call is taken for stuck, so that it keeps no call of another model out.
   * Shorter frees the others sooner, longer spares a server that is only slow; there are never more
   * than twice the permits on their way.
   */
  @WithDefault("5s")
  Duration patience();

  /**
   * How long after its last call one permit is kept free for a lane from less urgent ones, and for
   * a model from the others. Longer keeps searches quick, shorter uses the permit for documents.
   */
  @WithDefault("2s")
  Duration keptFree();

  default GateLimits limits() {
    return new GateLimits(permits(), patience(), keptFree());
  }
}
