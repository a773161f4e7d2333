package relata.worker.model;

import java.util.Optional;

/** Says which models must not be called now, whoever asks, whatever the server would say. */
@FunctionalInterface
public interface ModelGuard {
  /** Why the model must not be called; empty when it may be. */
  Optional<ModelFailure.Busy> refusal(String model);
}
