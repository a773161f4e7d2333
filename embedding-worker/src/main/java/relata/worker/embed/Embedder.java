package relata.worker.embed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import relata.worker.gate.Turn;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelServer;
import relata.worker.model.Rates;

/** Makes vectors: known ones are used again, the rest goes to the model in batches. */
@Singleton
public final class Embedder {
  final ModelCalls calls;
  final KnownVectors known;
  final InFlight inFlight;
  final EmbedConfig config;
  final Counter reused;

  Embedder(
      ModelServer server,
      ModelAccess access,
      Rates rates,
      KnownVectors known,
      InFlight inFlight,
      EmbedConfig config,
      MeterRegistry meters) {
    this.calls = new ModelCalls(server, access, rates, config);
    this.known = known;
    this.inFlight = inFlight;
    this.config = config;
    this.reused =
        Counter.builder("embedding.reused")
            .description("Chunks whose vector needed no call to the model")
            .register(meters);
  }

  /**
   * Begins work on a batch of documents; to be closed when their vectors are stored.
   *
   * @param turn in whose turn the model is asked
   */
  public EmbedSession open(Turn turn) {
    return new EmbedSession(this, turn);
  }
}
