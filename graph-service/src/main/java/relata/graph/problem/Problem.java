package relata.graph.problem;

/** RFC 9457: what went wrong, for the one who asked. */
record Problem(String type, String title, int status, String detail) {
  Problem(int status, String title, String detail) {
    this("about:blank", title, status, detail);
  }
}
