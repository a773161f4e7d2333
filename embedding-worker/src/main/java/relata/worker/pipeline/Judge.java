package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Verdict;
import relata.worker.embed.EmbedConfig;
import relata.worker.identity.IdentityCheck;
import relata.worker.model.Breakers;
import relata.worker.model.Embedding;
import relata.worker.model.ModelFailure;

/** Decides what becomes of a document from what the model said about its chunks. */
@Singleton
class Judge {
  private final Identification identification;
  private final Breakers breakers;
  private final EmbedConfig config;

  Judge(Identification identification, Breakers breakers, EmbedConfig config) {
    this.identification = identification;
    this.breakers = breakers;
    this.config = config;
  }

  /** The next step, from the failures of the chunks that have no vector. */
  Step next(Work work, List<ModelFailure> failures) {
    if (failures.isEmpty()) {
      return changedModel(work)
          .<Step>map(Step.Failed::new)
          .orElseGet(() -> new Step.Complete(work.features()));
    }
    // What can never succeed is said at once; what only waits is not blamed on the document.
    String model = work.generation().recipe().embed().model();
    return failures.stream()
        .filter(failure -> !isTooLong(failure))
        .min(Comparator.comparingInt(Judge::order))
        .map(failure -> verdict(failure, model))
        .<Step>map(Step.Failed::new)
        .orElseGet(() -> shorten(work, failures));
  }

  /** What a failure of a model means for the document that needs its answer. */
  Verdict verdict(ModelFailure failure, String model) {
    return switch (failure) {
      case ModelFailure.Refused refused -> new Verdict.Dead(refused.code(), refused.reason());
      case ModelFailure.Busy busy ->
          new Verdict.Wait(busy.code(), busy.reason(), breakers.of(model).untilClosed());
      // The server is fine and other models may be there, so only these documents wait.
      case ModelFailure.Missing missing ->
          new Verdict.Wait(missing.code(), missing.reason(), config.missingWait());
      case ModelFailure.Transient passing -> new Verdict.Retry(passing.code(), passing.reason());
    };
  }

  private static int order(ModelFailure failure) {
    return switch (failure) {
      case ModelFailure.Refused _ -> 0;
      case ModelFailure.Busy _ -> 1;
      case ModelFailure.Missing _ -> 2;
      case ModelFailure.Transient _ -> 3;
    };
  }

  private static boolean isTooLong(ModelFailure failure) {
    return failure instanceof ModelFailure.Refused refused && refused.tooLong();
  }

  private Step shorten(Work work, List<ModelFailure> tooLong) {
    if (work.halvings() < config.maxHalvings() && work.halveMissing()) {
      return new Step.Again();
    }
    ModelFailure failure = tooLong.getFirst();
    return new Step.Failed(new Verdict.Dead(failure.code(), failure.reason()));
  }

  /** Before anything of it is stored beside what another model made. */
  private Optional<Verdict> changedModel(Work work) {
    for (int dimension :
        work.embeddings().stream().mapToInt(Embedding::dimension).distinct().toArray()) {
      if (identification.confirm(work.identity(), dimension)
          instanceof IdentityCheck.Changed(String reason)) {
        return Optional.of(identification.changed(reason));
      }
    }
    return Optional.empty();
  }
}
