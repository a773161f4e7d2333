package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import relata.worker.claim.Claimed;
import relata.worker.claim.Verdict;
import relata.worker.generation.Generation;
import relata.worker.identity.IdentityCheck;
import relata.worker.provided.Provision;
import relata.worker.provided.Provisions;
import relata.worker.store.DocumentFeatures;
import relata.worker.store.StoredChunk;

/** Takes the chunks and vectors of documents whose client brings them. */
@Singleton
class Providing {
  record Outcome(List<DocumentFeatures> complete, Map<Claimed, Verdict> failed) {}

  private final Provisions provisions;
  private final Identification identification;
  private final int most;

  Providing(Provisions provisions, Identification identification, PreparationConfig config) {
    this.provisions = provisions;
    this.identification = identification;
    this.most = config.maxChunks();
  }

  /** The features of drafts that are all provided. */
  Outcome take(List<Draft> drafts) {
    Outcome outcome = new Outcome(new ArrayList<>(), new LinkedHashMap<>());
    drafts.stream()
        .collect(Collectors.groupingBy(Draft::generation))
        .forEach((generation, some) -> take(generation, some, outcome));
    return outcome;
  }

  private void take(Generation generation, List<Draft> drafts, Outcome outcome) {
    int dimension = generation.recipe().embed().clientDimension().orElseThrow();
    Map<Claimed, Provision> provided =
        provisions.read(
            generation.id(), drafts.stream().map(Draft::document).toList(), dimension, most);
    for (Draft draft : drafts) {
      switch (provided.get(draft.document())) {
        case Provision.Chunks(List<StoredChunk> chunks) -> {
          switch (identification.confirm(draft.identity(), dimension)) {
            case IdentityCheck.Same _ ->
                outcome
                    .complete()
                    .add(
                        new DocumentFeatures(
                            draft.document(), generation, chunks, draft.description()));
            case IdentityCheck.Changed(String reason) ->
                outcome.failed().put(draft.document(), identification.changed(reason));
          }
        }
        case Provision.Refused(Verdict verdict) -> outcome.failed().put(draft.document(), verdict);
      }
    }
  }
}
