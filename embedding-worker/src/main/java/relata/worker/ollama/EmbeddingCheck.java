package relata.worker.ollama;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.model.Embedding;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure.Refused;

/** A model server's 200 is no proof: what it sent is looked at before anything is stored. */
final class EmbeddingCheck {
  private EmbeddingCheck() {}

  /** The vectors, or what is wrong with them. */
  static ModelAnswer check(float[][] vectors, int inputs) {
    if (vectors == null || vectors.length != inputs) {
      return refused(
          "wrong_count",
          "The model answered %d vectors for %d texts."
              .formatted(vectors == null ? 0 : vectors.length, inputs));
    }
    List<Embedding> embeddings = new ArrayList<>(inputs);
    for (float[] vector : vectors) {
      Optional<Refused> wrong = wrong(vector, vectors[0]);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      embeddings.add(Embedding.of(vector));
    }
    return new ModelAnswer.Vectors(embeddings);
  }

  private static Optional<Refused> wrong(float[] vector, float[] first) {
    if (vector == null || vector.length == 0) {
      return Optional.of(refused("no_vector", "The model answered an empty vector."));
    }
    if (vector.length != first.length) {
      return Optional.of(
          refused(
              "wrong_dimension",
              "The model answered vectors of %d and of %d components in one call."
                  .formatted(first.length, vector.length)));
    }
    double norm = 0;
    for (float component : vector) {
      // An infinite or undefined component makes the sum so.
      norm += (double) component * component;
    }
    if (!Double.isFinite(norm)) {
      return Optional.of(
          refused("not_finite", "The model answered a component that is no finite number."));
    }
    if (norm == 0) {
      return Optional.of(
          refused("zero_vector", "The model answered a vector without a direction."));
    }
    return Optional.empty();
  }

  private static Refused refused(String code, String reason) {
    return new Refused(code, reason, false);
  }
}
