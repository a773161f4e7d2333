package relata.worker.markdown;

/**
 * Counts what a parser may make objects of, before it does: a megabyte of {@code *a*} takes it over
 * 100 megabytes, and a table of 6 kB with 1000 columns and 1000 rows of one cell a million cells. A
 * mark costs the parser at most about 320 bytes (measured for 18 kinds of marks with commonmark
 * 0.27; the dearest are {@code x_}).
 */
final class Marks {
  private static final String SIGNS = "*_[]!<>`&\\|-+";
  private static final String OF_DELIMITER_ROW = "|:-> \t";

  private Marks() {}

  /**
   * Lines and signs that may be markup, whether or not they are where they stand. A line of a table
   * counts for at least as many as the table has columns: short rows are filled up.
   */
  static long count(String body) {
    long marks = 0;
    int columns = 0;
    int start = 0;
    while (start < body.length()) {
      int end = lineEnd(body, start);
      int pipes = delimiters(body, start, end);
      if (pipes > 0) {
        columns = pipes + 1;
      } else if (isBlank(body, start, end)) {
        columns = 0;
      }
      marks += 1 + Math.max(columns, signs(body, start, end));
      boolean two = body.startsWith("\r\n", end);
      start = end + (two ? 2 : 1);
    }
    return marks;
  }

  private static int lineEnd(String body, int start) {
    int end = start;
    while (end < body.length() && body.charAt(end) != '\n' && body.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** The pipes of the line below a table's header; 0 of any other line. */
  private static int delimiters(String body, int start, int end) {
    int pipes = 0;
    for (int at = start; at < end; at++) {
      char sign = body.charAt(at);
      if (OF_DELIMITER_ROW.indexOf(sign) < 0) {
        return 0;
      }
      pipes += sign == '|' ? 1 : 0;
    }
    return pipes;
  }

  private static boolean isBlank(String body, int start, int end) {
    for (int at = start; at < end; at++) {
      if (body.charAt(at) != ' ' && body.charAt(at) != '\t') {
        return false;
      }
    }
    return true;
  }

  private static int signs(String body, int start, int end) {
    int signs = 0;
    for (int at = start; at < end; at++) {
      char sign = body.charAt(at);
      // Items of ordered lists are numbers with a dot or a bracket, and nest in one line.
      boolean item = (sign == '.' || sign == ')') && at > start && isDigit(body.charAt(at - 1));
      if (item || SIGNS.indexOf(sign) >= 0) {
        signs++;
      }
    }
    return signs;
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }
}
