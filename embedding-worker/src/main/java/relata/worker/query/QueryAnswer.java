package relata.worker.query;

import relata.worker.model.Embedding;

/** What became of a search text. */
sealed interface QueryAnswer {
  /**
   * @param lasting it is that of the text for as long as the generation lives
   */
  record Vector(Embedding embedding, boolean lasting) implements QueryAnswer {}

  /** The same may work later, by itself or when somebody did what the message says. */
  record Unavailable(String message) implements QueryAnswer {}

  /** It will not work with this text. */
  record Refused(String message) implements QueryAnswer {}

  record UnknownGeneration(String message) implements QueryAnswer {}
}
