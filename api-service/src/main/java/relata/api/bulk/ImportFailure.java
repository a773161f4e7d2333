package relata.api.bulk;

/** A part of an import, some lines or one, could not be stored; nothing of it is. */
public final class ImportFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final long firstLine;

  /**
   * Ends an import.
   *
   * @param firstLine of the part: all lines before it are dealt with, none from it on
   */
  public ImportFailure(long firstLine, Throwable cause) {
    super(cause);
    this.firstLine = firstLine;
  }

  long firstLine() {
    return firstLine;
  }
}
