package relata.worker.model;

/**
 * What a call brought, as it came. Reading a large answer takes milliseconds, and neither a permit
 * nor the next call need wait for them.
 */
public sealed interface ModelReply permits ModelReply.Unread, ModelFailure {
  /** An answer that nobody has looked at yet. */
  non-sealed interface Unread extends ModelReply {}

  /** The vectors, or what is wrong with them; to be called once. */
  ModelAnswer read();
}
