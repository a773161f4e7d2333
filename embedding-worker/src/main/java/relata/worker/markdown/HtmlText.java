package relata.worker.markdown;

/** The words of an HTML block: without tags, comments, scripts and styles. */
final class HtmlText {
  private HtmlText() {}

  static String of(String html) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < html.length()) {
      int tag = html.indexOf('<', at);
      if (tag < 0) {
        text.append(html, at, html.length());
        break;
      }
      // A tag parts words.
      text.append(html, at, tag).append(' ');
      at = afterTag(html, tag);
    }
    return unescape(text.toString()).strip().replaceAll("\\s+", " ");
  }

  private static int afterTag(String html, int tag) {
    if (html.startsWith("<!--", tag)) {
      return after(html, "-->", tag);
    }
    for (String hidden : new String[] {"script", "style"}) {
      if (html.regionMatches(true, tag + 1, hidden, 0, hidden.length())) {
        return after(html, ">", end(html, "</" + hidden, tag));
      }
    }
    return after(html, ">", tag);
  }

  /** Where the end tag begins, in whatever case; at the end of the text if there is none. */
  private static int end(String html, String endTag, int from) {
    int at = from;
    while (at < html.length() && !html.regionMatches(true, at, endTag, 0, endTag.length())) {
      at++;
    }
    return at;
  }

  private static int after(String html, String end, int from) {
    int found = html.indexOf(end, from);
    return found < 0 ? html.length() : found + end.length();
  }

  private static String unescape(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
