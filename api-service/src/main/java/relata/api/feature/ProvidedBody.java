package relata.api.feature;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;

/**
 * Chunks with vectors that a client brings; unchecked.
 *
 * @param version the document's version that they were made from
 * @param chunks all of them, in the order of the document
 */
@Schema(
    name = "ProvidedFeatures",
    examples =
        """
        {"version":1,"chunks":[{"text":"They move heat.","vector":[0.6,0,0.8]}]}""")
record ProvidedBody(
    @Schema(required = true) Long version, @Schema(required = true) List<ProvidedChunk> chunks) {
  /** Faults are named up to here: a client that errs everywhere errs in one way. */
  private static final int MAX_FAULTS = 20;

  ProvidedBody {
    chunks = chunks == null ? List.of() : chunks.stream().toList();
  }

  /**
   * The same, if all of it is right.
   *
   * @throws relata.api.problem.ProblemException 400 naming chunk and field of what is wrong
   */
  ProvidedBody checked(int dimension, ProvidedConfig limits) {
    List<FieldError> faults = new ArrayList<>();
    if (version == null) {
      faults.add(new FieldError("version", "Is missing; send the version of the document."));
    }
    if (chunks.isEmpty() || chunks.size() > limits.maxChunks()) {
      faults.add(new FieldError("chunks", "Must be 1 to %d.".formatted(limits.maxChunks())));
    }
    for (int i = 0; i < chunks.size() && faults.size() < MAX_FAULTS; i++) {
      ProvidedChunk chunk = chunks.get(i);
      if (chunk == null) {
        faults.add(new FieldError("chunks." + i, "Must be a JSON object."));
      } else {
        faults.addAll(chunk.faults(i, dimension, limits));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults).exception();
    }
    return this;
  }
}
