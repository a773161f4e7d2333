package relata.graph.explore;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import relata.graph.generation.Generations;
import relata.graph.problem.ProblemException;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextChunk;

/** The chunks by which documents are alike. */
@Singleton
final class Evidence {
  private final Generations generations;

  Evidence(Generations generations) {
    this.generations = generations;
  }

  /** Those of the chunks that are there; one that is not was changed or deleted meanwhile. */
  Map<ChunkKey, TextChunk> of(long generationId, Collection<ChunkKey> keys) {
    return generations
        .find(generationId)
        .orElseThrow(() -> ProblemException.unknownGeneration(generationId))
        .text()
        .chunks(keys);
  }
}
