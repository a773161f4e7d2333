package relata.api.bulk;

/** A batch of an import could not be stored; nothing of it is. */
final class ImportFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final long firstLine;

  ImportFailure(long firstLine, Throwable cause) {
    super(cause);
    this.firstLine = firstLine;
  }

  /** First line of the batch: all lines before it are dealt with, none from it on. */
  long firstLine() {
    return firstLine;
  }
}
