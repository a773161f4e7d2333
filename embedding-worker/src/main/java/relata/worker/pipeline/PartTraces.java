package relata.worker.pipeline;

import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import relata.worker.claim.Claimed;
import relata.worker.claim.Verdict;
import relata.worker.recipe.Recipe;
import relata.worker.store.DocumentFeatures;
import relata.worker.trace.DocumentTraces;
import relata.worker.trace.DocumentTraces.Activity;
import relata.worker.trace.TraceStep;
import relata.worker.trace.TracedDocument;

/** The steps of a part, in the traces of those of its documents that are traced. */
@Singleton
class PartTraces {
  private final DocumentTraces traces;

  PartTraces(DocumentTraces traces) {
    this.traces = traces;
  }

  /** Of one that is to be described: each ends when its own words are there. */
  TraceStep describe(Draft draft) {
    String model = draft.generation().recipe().describe().map(Recipe.Describe::model).orElse("");
    return begin(Activity.DESCRIBE, List.of(draft), Draft::document, model);
  }

  TraceStep embed(List<Work> works) {
    return begin(
        Activity.EMBED,
        works,
        Work::document,
        works.getFirst().generation().recipe().embed().model());
  }

  TraceStep store(List<DocumentFeatures> features) {
    return begin(Activity.STORE, features, DocumentFeatures::document, "");
  }

  /** What is to be logged about a document: within its trace, or within none. */
  Context about(Claimed document) {
    return traces.about(key(document));
  }

  /** Nothing more is done to the documents now. */
  void ended(Batch batch) {
    if (!traces.isIdle()) {
      batch.documentIds().forEach(id -> traces.ended(new TracedDocument(batch.generationId(), id)));
    }
  }

  void failed(Map<Claimed, Verdict> verdicts) {
    verdicts.forEach((document, verdict) -> traces.failed(key(document), verdict.code()));
  }

  private <T> TraceStep begin(
      Activity activity, Collection<T> all, Function<T, Claimed> document, String model) {
    if (traces.isIdle()) {
      return TraceStep.NONE;
    }
    return traces.begin(activity, all.stream().map(document).map(PartTraces::key).toList(), model);
  }

  private static TracedDocument key(Claimed document) {
    return new TracedDocument(document.generationId(), document.documentId());
  }
}
