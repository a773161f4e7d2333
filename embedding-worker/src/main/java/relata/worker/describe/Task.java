package relata.worker.describe;

import relata.worker.identity.Fingerprint;
import relata.worker.identity.ModelIdentity;

/**
 * A prompt that is to be answered.
 *
 * @param fingerprint equal ones of a tenant have the same answer
 */
record Task(Subject subject, ModelIdentity identity, String prompt, Fingerprint fingerprint) {
  /** Another tenant's descriptions are never used again. */
  record Key(String tenant, Fingerprint fingerprint) {}

  static Task of(Subject subject, ModelIdentity identity, String prompt) {
    String maxLength = Integer.toString(subject.recipe().maxLength());
    return new Task(subject, identity, prompt, identity.fingerprint(prompt, maxLength));
  }

  Key key() {
    return new Key(subject.generation().tenant(), fingerprint);
  }

  Description description(String text) {
    return new Description(text, fingerprint, subject.recipe());
  }
}
