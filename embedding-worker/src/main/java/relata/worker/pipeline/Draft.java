package relata.worker.pipeline;

import java.util.List;
import java.util.Optional;
import relata.worker.claim.Claimed;
import relata.worker.describe.Description;
import relata.worker.describe.Subject;
import relata.worker.generation.Generation;
import relata.worker.identity.ModelIdentity;
import relata.worker.split.Chunk;
import relata.worker.split.SplitLimits;

/**
 * A document that was read and split.
 *
 * @param identity of the model that its vectors come from
 * @param chunks without vectors; empty when the client brings them
 */
record Draft(
    Claimed document,
    Generation generation,
    ModelIdentity identity,
    DocumentText text,
    List<Chunk> chunks,
    Optional<Description> description) {
  Draft {
    chunks = List.copyOf(chunks);
  }

  Draft(
      Claimed document,
      Generation generation,
      ModelIdentity identity,
      DocumentText text,
      List<Chunk> chunks) {
    this(document, generation, identity, text, chunks, Optional.empty());
  }

  Draft describedBy(Description written, List<Chunk> withIt) {
    return new Draft(document, generation, identity, text, withIt, Optional.of(written));
  }

  /** What is to be described; empty when the recipe does not say so, or there is no text. */
  Optional<Subject> subject(SplitLimits limits) {
    return generation
        .recipe()
        .describe()
        .map(
            recipe ->
                new Subject(document, generation, recipe, text.title(), text.readable(limits)))
        .filter(subject -> !subject.title().isBlank() || !subject.body().isBlank());
  }

  /** Its chunks and vectors come from the client. */
  boolean isProvided() {
    return generation.recipe().embed().clientDimension().isPresent();
  }
}
