package relata.api.bulk;

import relata.api.document.Content;
import relata.api.problem.FieldError;

/** What a line of an import turned out to be. */
sealed interface ParsedLine {
  /** Position in the import, from 1 up. */
  long number();

  /** A document that can be stored. */
  record Valid(long number, String id, Content content, byte[] hash) implements ParsedLine {}

  /**
   * Nothing that can be stored.
   *
   * @param id the document's id, if so much could be read; else null
   */
  record Invalid(long number, String id, FieldError error) implements ParsedLine {}
}
