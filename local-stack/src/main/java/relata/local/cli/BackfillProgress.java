package relata.local.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line in which a backfill says how far it is. */
record BackfillProgress(long done, long total, String rate, String eta, long failed, long dead) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\bbackfill done=(\\d+) total=(\\d+) rate=(\\S+) eta=(\\S+) failed=(\\d+) dead=(\\d+)");

  /** Empty if the line says something else. */
  static Optional<BackfillProgress> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.find()
        ? Optional.of(
            new BackfillProgress(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                matcher.group(3),
                matcher.group(4),
                Long.parseLong(matcher.group(5)),
                Long.parseLong(matcher.group(6))))
        : Optional.empty();
  }

  /** How it stands at the end. */
  String summary() {
    if (total == 0) {
      return dead == 0 ? "Nothing is stale." : "Nothing is stale; %d dead.".formatted(dead);
    }
    return "%d of %d documents are done, %d failed, %d dead.".formatted(done, total, failed, dead);
  }

  /** What the number of those done does not say. */
  String note() {
    return "%s, %s left, %d failed, %d dead".formatted(rate, eta, failed, dead);
  }
}
