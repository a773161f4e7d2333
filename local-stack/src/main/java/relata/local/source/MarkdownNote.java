package relata.local.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A markdown file as a document. The title is the front matter's, else the first heading of the
 * first level, else the file's name. Front matter is taken off the body and its plain {@code key:
 * value} lines become metadata. A heading that opens the body and is the title is taken off too:
 * the title is embedded anyway.
 */
record MarkdownNote(String title, String body, Map<String, String> metadata) {
  private static final Pattern KEY_VALUE = Pattern.compile("([A-Za-z][\\w-]*):[ \\t]+(\\S.*)");
  private static final Pattern HEADING =
      Pattern.compile(" {0,3}#[ \\t]+(.*?)(?:[ \\t]+#+)?[ \\t]*");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(\\p{Punct})");

  MarkdownNote {
    metadata = Map.copyOf(metadata);
  }

  static MarkdownNote parse(String text, String fileName) {
    List<String> lines = text.lines().toList();
    int start = endOfFrontMatter(lines);
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String line : lines.subList(0, start)) {
      Matcher pair = KEY_VALUE.matcher(line);
      if (pair.matches()) {
        metadata.put(pair.group(1), unquoted(pair.group(2).strip()));
      }
    }
    List<String> body = lines.subList(start, lines.size());
    String heading = firstHeading(body);
    String title = metadata.remove("title");
    if (title == null || title.isBlank()) {
      title = heading.isEmpty() ? fileName : heading;
    }
    return new MarkdownNote(title, withoutOpening(body, title), metadata);
  }

  /** Number of lines of the front matter with its fences; 0 if there is none, or no end of it. */
  private static int endOfFrontMatter(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().strip().equals("---")) {
      return 0;
    }
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.equals("---") || line.equals("...")) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Empty if there is none. A line with # inside a fenced code block is a comment. */
  private static String firstHeading(List<String> body) {
    String fence = "";
    for (String line : body) {
      Matcher mark = FENCE.matcher(line);
      if (mark.matches()) {
        if (fence.isEmpty()) {
          fence = mark.group(1);
        } else if (mark.group(1).startsWith(fence)) {
          fence = "";
        }
      } else if (fence.isEmpty() && !headingIn(line).isEmpty()) {
        return headingIn(line);
      }
    }
    return "";
  }

  private static String withoutOpening(List<String> body, String title) {
    int first = 0;
    while (first < body.size() && body.get(first).isBlank()) {
      first++;
    }
    if (first < body.size() && headingIn(body.get(first)).equals(title)) {
      first++;
    }
    return String.join("\n", body.subList(first, body.size())).strip();
  }

  private static String headingIn(String line) {
    Matcher heading = HEADING.matcher(line);
    return heading.matches() ? ESCAPE.matcher(heading.group(1)).replaceAll("$1").strip() : "";
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
