package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import relata.worker.claim.Claimed;
import relata.worker.claim.Verdict;
import relata.worker.generation.Generation;
import relata.worker.generation.GenerationLookup;
import relata.worker.generation.Generations;
import relata.worker.identity.IdentityCheck;
import relata.worker.identity.ModelIdentity;
import relata.worker.split.SplitLimits;
import relata.worker.split.SplitResult;

/** Reads and splits the documents of a part, and looks whether their model is still the same. */
@Singleton
class Preparation {
  private static final Logger LOG = Logger.getLogger(Preparation.class);

  /**
   * What was read.
   *
   * @param stale gone, or edited between the claim and the reading
   */
  record Prepared(List<Draft> drafts, Map<Claimed, Verdict> failed, List<Claimed> stale) {}

  private final DocumentTexts texts;
  private final Generations generations;
  private final Identification identification;
  private final SplitLimits limits;

  Preparation(
      DocumentTexts texts,
      Generations generations,
      Identification identification,
      PreparationConfig config) {
    this.texts = texts;
    this.generations = generations;
    this.identification = identification;
    this.limits = config.limits();
  }

  Prepared prepare(List<Claimed> documents) {
    Prepared prepared = new Prepared(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    Map<Long, GenerationLookup> known =
        generations.find(documents.stream().map(Claimed::generationId).distinct().toList());
    Map<Long, DocumentText> read =
        texts.read(documents.stream().map(Claimed::documentId).distinct().toList());
    Map<Long, IdentityCheck> checks = new HashMap<>();
    for (Claimed document : documents) {
      DocumentText text = read.get(document.documentId());
      if (text == null || text.version() != document.version()) {
        prepared.stale().add(document);
        continue;
      }
      switch (known.get(document.generationId())) {
        case GenerationLookup.Gone _ -> prepared.stale().add(document);
        case GenerationLookup.Unreadable(String reason) ->
            prepared.failed().put(document, new Verdict.Retry("recipe", reason));
        case GenerationLookup.Known(Generation generation) -> {
          switch (checks.computeIfAbsent(
              generation.id(), _ -> identification.embedding(generation))) {
            case IdentityCheck.Same(ModelIdentity identity) ->
                draft(document, generation, identity, text, prepared);
            case IdentityCheck.Changed(String reason) ->
                prepared.failed().put(document, identification.changed(reason));
          }
        }
      }
    }
    return prepared;
  }

  private void draft(
      Claimed document,
      Generation generation,
      ModelIdentity identity,
      DocumentText text,
      Prepared prepared) {
    if (generation.recipe().embed().clientDimension().isPresent()) {
      prepared.drafts().add(new Draft(document, generation, identity, text, List.of()));
      return;
    }
    try {
      switch (text.split(generation.recipe().split(), limits)) {
        case SplitResult.Chunks split ->
            prepared.drafts().add(new Draft(document, generation, identity, text, split.chunks()));
        case SplitResult.TooMuch(String code, String reason) ->
            prepared.failed().put(document, new Verdict.Dead(code, reason));
      }
    } catch (RuntimeException | StackOverflowError unreadable) {
      LOG.warnf(
          "document cannot be split document=%d version=%d reason=%s",
          document.documentId(), document.version(), unreadable.getClass().getSimpleName());
      prepared
          .failed()
          .put(
              document,
              new Verdict.Dead(
                  "split", "The text cannot be split: " + unreadable.getClass().getSimpleName()));
    }
  }
}
