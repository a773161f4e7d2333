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
import relata.worker.split.SplitLimits;
import relata.worker.split.SplitResult;

/** Reads and splits the documents of a part. */
@Singleton
class Preparation {
  private static final Logger LOG = Logger.getLogger(Preparation.class);

  /**
   * What was read.
   *
   * @param stale gone, or edited between the claim and the reading
   */
  record Prepared(List<Work> work, Map<Claimed, Verdict> failed, List<Claimed> stale) {}

  private final DocumentTexts texts;
  private final Generations generations;
  private final SplitLimits limits;

  Preparation(DocumentTexts texts, Generations generations, PreparationConfig config) {
    this.texts = texts;
    this.generations = generations;
    this.limits = config.limits();
  }

  Prepared prepare(List<Claimed> documents) {
    Prepared prepared = new Prepared(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    Map<Long, GenerationLookup> known =
        generations.find(documents.stream().map(Claimed::generationId).distinct().toList());
    Map<Long, DocumentText> read =
        texts.read(documents.stream().map(Claimed::documentId).distinct().toList());
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
        case GenerationLookup.Known(Generation generation) ->
            split(document, generation, text, prepared);
      }
    }
    return prepared;
  }

  private void split(
      Claimed document, Generation generation, DocumentText text, Prepared prepared) {
    try {
      switch (text.split(generation.recipe().split(), limits)) {
        case SplitResult.Chunks split ->
            prepared.work().add(new Work(document, generation, split.chunks()));
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
