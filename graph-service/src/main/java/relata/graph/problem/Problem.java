package relata.graph.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * RFC 9457: what went wrong, for the one who asked.
 *
 * @param type a URN where a program has to tell it from others of the status
 * @param field of the request that is wrong; null if none is to be named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, String field) {
  static final String UNTYPED = "about:blank";

  Problem(int status, String title, String detail) {
    this(UNTYPED, title, status, detail, null);
  }
}
