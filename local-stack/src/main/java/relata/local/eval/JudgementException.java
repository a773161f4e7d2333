package relata.local.eval;

/** A file of a collection with judgements cannot be read; the message is for a person. */
final class JudgementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  JudgementException(String message) {
    super(message);
  }

  /**
   * @param line from 1 up
   */
  static JudgementException at(Object file, long line, String detail) {
    return new JudgementException(file + ":" + line + ": " + detail);
  }
}
