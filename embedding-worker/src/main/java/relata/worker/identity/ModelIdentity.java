package relata.worker.identity;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The model that a generation's features come from, as it was met first.
 *
 * @param digest the server's digest of it; empty when the server named none
 * @param dimension components of its vectors; empty before the first one, and of a model that
 *     describes
 */
public record ModelIdentity(
    long generationId, Purpose purpose, String model, String digest, OptionalInt dimension) {
  private static final String REMEDY =
      " PUT the collection's recipe with ?rebuild=true to make its features with the new one.";

  public ModelIdentity {
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(model);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(dimension);
  }

  /** What the server has under its name now, compared with this. */
  IdentityCheck compare(ModelIdentity now) {
    if (!digest.isEmpty() && !now.digest.isEmpty() && !digest.equals(now.digest)) {
      return new IdentityCheck.Changed(
          "Model %s on the model server is another one than this generation was made with."
                  .formatted(model)
              + REMEDY);
    }
    return now.dimension.isPresent()
        ? compare(now.dimension.getAsInt())
        : new IdentityCheck.Same(this);
  }

  /** A vector of that many components that it answered, compared with this. */
  public IdentityCheck compare(int components) {
    return dimension.isEmpty() || dimension.getAsInt() == components
        ? new IdentityCheck.Same(this)
        : new IdentityCheck.Changed(
            "Model %s answers %d components, but this generation's vectors have %d."
                    .formatted(model, components, dimension.getAsInt())
                + REMEDY);
  }

  /**
   * Of what this model is given. Without a digest nothing says that the model of another generation
   * is the same one, so that nothing of theirs is used again: else a generation that is rebuilt
   * because its model was exchanged would take the old vectors.
   */
  public Fingerprint fingerprint(String... input) {
    String origin = digest.isEmpty() ? "generation " + generationId : digest;
    return Fingerprint.of(model, origin, input);
  }
}
