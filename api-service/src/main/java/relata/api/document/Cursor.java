package relata.api.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;

/** Where a list goes on: the last id of a page, spelt so that it passes through a URL unchanged. */
final class Cursor {
  private Cursor() {}

  static String of(String lastId) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(lastId.getBytes(UTF_8));
  }

  /**
   * The id to go on after; before all ids if there is no cursor.
   *
   * @throws ProblemException 400 naming {@code after}
   */
  static String read(String cursor) {
    if (cursor == null) {
      return "";
    }
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (ExternalId.fault(id).isEmpty()) {
        return id;
      }
      throw invalid();
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return Problem.invalid("after", "Must be the 'next' of a page.").exception();
  }
}
