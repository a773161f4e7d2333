package relata.worker.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The YAML between two lines of dashes at the very start of a file: settings, not text. */
final class FrontMatter {
  /** Only before a line that reads like a setting: a document may begin with a thematic break. */
  private static final Pattern START =
      Pattern.compile("\\A\\uFEFF?---[ \\t]*\\R(?=\\s*(?:[\\w.\"'-]+[ \\t]*:|#|---|\\.\\.\\.))");

  private static final Pattern END =
      Pattern.compile("^(?:---|\\.\\.\\.)[ \\t]*$", Pattern.MULTILINE);

  private FrontMatter() {}

  static String strip(String body) {
    Matcher start = START.matcher(body);
    if (!start.lookingAt()) {
      return body;
    }
    Matcher end = END.matcher(body);
    return end.find(start.end()) ? body.substring(end.end()) : body;
  }
}
