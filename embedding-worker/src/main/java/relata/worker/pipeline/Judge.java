package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Verdict;
import relata.worker.embed.EmbedConfig;
import relata.worker.model.Breaker;
import relata.worker.model.Breakers;
import relata.worker.model.Embedding;
import relata.worker.model.ModelFailure;
import relata.worker.store.Dimensions;

/** Decides what becomes of a document from what the model said about its chunks. */
@Singleton
class Judge {
  private final Dimensions dimensions;
  private final Breakers breakers;
  private final EmbedConfig config;

  Judge(Dimensions dimensions, Breakers breakers, EmbedConfig config) {
    this.dimensions = dimensions;
    this.breakers = breakers;
    this.config = config;
  }

  /** The next step, from the failures of the chunks that have no vector. */
  Step next(Work work, List<ModelFailure> failures) {
    if (failures.isEmpty()) {
      return wrongDimension(work)
          .<Step>map(Step.Failed::new)
          .orElseGet(() -> new Step.Complete(work.features()));
    }
    // What can never succeed is said at once; what only waits is not blamed on the document.
    return refused(failures)
        .<Verdict>map(refused -> new Verdict.Dead(refused.code(), refused.reason()))
        .or(() -> busy(work, failures))
        .or(() -> missing(failures))
        .or(() -> passing(failures))
        .<Step>map(Step.Failed::new)
        .orElseGet(() -> shorten(work, failures));
  }

  private static Optional<ModelFailure.Refused> refused(List<ModelFailure> failures) {
    return failures.stream()
        .filter(ModelFailure.Refused.class::isInstance)
        .map(ModelFailure.Refused.class::cast)
        .filter(refused -> !refused.tooLong())
        .findFirst();
  }

  private Optional<Verdict> busy(Work work, List<ModelFailure> failures) {
    Breaker breaker = breakers.of(work.generation().recipe().embed().model());
    return failures.stream()
        .filter(ModelFailure.Busy.class::isInstance)
        .findFirst()
        .map(busy -> new Verdict.Wait(busy.code(), busy.reason(), breaker.untilClosed()));
  }

  /** The server is fine and other models may be there, so only these documents wait. */
  private Optional<Verdict> missing(List<ModelFailure> failures) {
    return failures.stream()
        .filter(ModelFailure.Missing.class::isInstance)
        .findFirst()
        .map(missing -> new Verdict.Wait(missing.code(), missing.reason(), config.missingWait()));
  }

  private static Optional<Verdict> passing(List<ModelFailure> failures) {
    return failures.stream()
        .filter(ModelFailure.Transient.class::isInstance)
        .findFirst()
        .map(passing -> new Verdict.Retry(passing.code(), passing.reason()));
  }

  private Step shorten(Work work, List<ModelFailure> tooLong) {
    if (work.halvings() < config.maxHalvings() && work.halveMissing()) {
      return new Step.Again();
    }
    ModelFailure failure = tooLong.getFirst();
    return new Step.Failed(new Verdict.Dead(failure.code(), failure.reason()));
  }

  private Optional<Verdict> wrongDimension(Work work) {
    for (Embedding embedding : work.embeddings()) {
      int expected = dimensions.expected(work.generation().id(), embedding.dimension());
      if (embedding.dimension() != expected) {
        return Optional.of(
            new Verdict.Dead(
                "wrong_dimension",
                "The model answers %d components, but the generation's vectors have %d."
                    .formatted(embedding.dimension(), expected)));
      }
    }
    return Optional.empty();
  }
}
