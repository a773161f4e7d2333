package relata.worker.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.worker.claim.Claimed;
import relata.worker.embed.Input;
import relata.worker.generation.Generation;
import relata.worker.identity.ModelIdentity;
import relata.worker.model.Embedding;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.recipe.Recipe;
import relata.worker.split.Chunk;
import relata.worker.store.DocumentFeatures;
import relata.worker.store.StoredChunk;

/** One document on its way from chunks to vectors. Used by one thread. */
final class Work {
  private record Piece(Chunk chunk, Input input) {}

  private final Draft draft;
  private final Map<Input.Key, Embedding> embeddings = new HashMap<>();
  private List<Piece> pieces;
  private int halvings;

  Work(Draft draft) {
    this.draft = draft;
    this.pieces = draft.chunks().stream().map(this::piece).toList();
  }

  Claimed document() {
    return draft.document();
  }

  Generation generation() {
    return draft.generation();
  }

  /** Of the model that its vectors come from. */
  ModelIdentity identity() {
    return draft.identity();
  }

  /** How often chunks were cut in two. */
  int halvings() {
    return halvings;
  }

  /** What has no vector yet. */
  List<Input> missing() {
    return pieces.stream().map(Piece::input).filter(this::isMissing).toList();
  }

  /** Takes the vectors that there are, and returns why the others are not. */
  List<ModelFailure> take(Map<Input.Key, InputAnswer> answers) {
    List<ModelFailure> failures = new ArrayList<>();
    for (Input input : missing()) {
      switch (answers.get(input.key())) {
        case Embedding embedding -> embeddings.put(input.key(), embedding);
        case ModelFailure failure -> failures.add(failure);
      }
    }
    return failures;
  }

  /**
   * Cuts every chunk without a vector in two.
   *
   * @return false when one cannot be cut
   */
  boolean halveMissing() {
    List<Piece> smaller = new ArrayList<>();
    for (Piece piece : pieces) {
      if (!isMissing(piece.input())) {
        smaller.add(piece);
      } else if (!smaller.addAll(piece.chunk().halves().stream().map(this::piece).toList())) {
        return false;
      }
    }
    pieces = List.copyOf(smaller);
    halvings++;
    return true;
  }

  Collection<Embedding> embeddings() {
    return embeddings.values();
  }

  /** Once nothing is missing. */
  DocumentFeatures features() {
    return new DocumentFeatures(
        draft.document(),
        draft.generation(),
        pieces.stream()
            .map(
                piece ->
                    new StoredChunk(
                        piece.chunk(),
                        piece.input().fingerprint(),
                        embeddings.get(piece.input().key())))
            .toList(),
        draft.description());
  }

  private boolean isMissing(Input input) {
    return !embeddings.containsKey(input.key());
  }

  private Piece piece(Chunk chunk) {
    Recipe.Embed embed = generation().recipe().embed();
    String text = embed.documentInput(chunk.text());
    return new Piece(
        chunk, new Input(generation().tenant(), embed.model(), identity().fingerprint(text), text));
  }
}
