package relata.api.bulk;

/** Lines have more to be answered than is kept until an import is read. */
final class TooManyAnswers extends Exception {
  private static final long serialVersionUID = 1L;

  private final long maxBytes;

  TooManyAnswers(long maxBytes) {
    super("more than " + maxBytes + " bytes of answers");
    this.maxBytes = maxBytes;
  }

  long maxBytes() {
    return maxBytes;
  }
}
