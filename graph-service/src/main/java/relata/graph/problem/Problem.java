package relata.graph.problem;

/**
 * RFC 9457: what went wrong, for the one who asked.
 *
 * @param type a URN where a program has to tell it from others of the status
 */
record Problem(String type, String title, int status, String detail) {
  static final String UNTYPED = "about:blank";

  Problem(int status, String title, String detail) {
    this(UNTYPED, title, status, detail);
  }
}
