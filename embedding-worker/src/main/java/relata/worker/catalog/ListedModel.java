package relata.worker.catalog;

import java.util.Objects;
import relata.worker.model.ModelName;

/**
 * A model in one of the server's lists.
 *
 * @param name its full name
 * @param digest of what decides its answers; empty when the server names none
 * @param vramBytes of the GPU's memory, in the list of loaded models; else 0
 */
public record ListedModel(String name, String digest, long sizeBytes, long vramBytes) {
  public ListedModel {
    name = ModelName.full(name);
    Objects.requireNonNull(digest);
  }

  /** Whether it is that model, if under another name. */
  boolean is(ListedModel other) {
    return name.equals(other.name) || (!digest.isEmpty() && digest.equals(other.digest));
  }
}
