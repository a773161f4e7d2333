package relata.worker.identity;

/** Whether a generation's model is still the one that its features come from. */
public sealed interface IdentityCheck {
  /** It is, as far as the server says. */
  record Same(ModelIdentity identity) implements IdentityCheck {}

  /**
   * It is another one under the same name.
   *
   * @param reason one sentence that says what to do
   */
  record Changed(String reason) implements IdentityCheck {}
}
