package relata.worker.embed;

import java.util.Objects;
import relata.worker.identity.Fingerprint;

/**
 * A text whose vector is wanted.
 *
 * @param tenant whose vectors may be used again: another's never are
 * @param text what the model is given, with its prefix
 */
public record Input(String tenant, String model, Fingerprint fingerprint, String text) {
  /** Equal keys have equal vectors. */
  public record Key(String tenant, Fingerprint fingerprint) {}

  public Input {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(model);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(text);
  }

  public Key key() {
    return new Key(tenant, fingerprint);
  }
}
