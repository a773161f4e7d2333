package relata.worker.catalog;

import java.time.Duration;
import java.util.Optional;
import relata.worker.model.ModelFailure;

/**
 * What the model server has, and what of it is in memory. Every call blocks for its limit at most,
 * and never throws for what a server can do wrong.
 */
public interface ModelCatalog {
  /** All models that it has. */
  Listing installed(Duration limit);

  /** The models in its memory. */
  Listing loaded(Duration limit);

  /**
   * Has it read a model into memory, and stay there as its calls say.
   *
   * @param keepAlive how long it stays without a call
   */
  Loading load(String model, KeepAlive keepAlive, Duration limit);

  /** Has it let go of a model. The answer comes before the memory is free. */
  Optional<ModelFailure> unload(String model, Duration limit);

  /** Makes the smallest call that proves that the model answers; empty when it did. */
  Optional<ModelFailure> probe(String model, ModelUse use, KeepAlive keepAlive, Duration limit);
}
