package relata.worker.backfill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How far a backfill is, and how fast. Times are nanoseconds of any clock that only grows. */
final class Progress {
  private static final long WINDOW = Duration.ofSeconds(60).toNanos();

  private record Mark(long at, long done) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private Remaining last;
  private long total;
  private long done;

  Progress(Remaining atFirst, long now) {
    this.last = atFirst;
    this.total = atFirst.pending();
    marks.add(new Mark(now, 0));
  }

  /** Takes in a new count. Documents that are written meanwhile make the total grow. */
  void update(Remaining remaining, long now) {
    last = remaining;
    done = Math.max(done, total - remaining.pending());
    total = done + remaining.pending();
    marks.addLast(new Mark(now, done));
    while (marks.size() > 2 && now - marks.getFirst().at() > WINDOW) {
      marks.removeFirst();
    }
  }

  /** One line for people and programs. */
  String line() {
    double rate = rate();
    String eta =
        last.isDone()
            ? "0s"
            : rate > 0 ? words(Duration.ofSeconds(Math.round(last.pending() / rate))) : "unknown";
    return String.format(
        Locale.ROOT,
        "backfill done=%d total=%d rate=%.1f/s eta=%s failed=%d dead=%d",
        done,
        total,
        rate,
        eta,
        last.failed(),
        last.dead());
  }

  private double rate() {
    Mark first = marks.getFirst();
    Mark latest = marks.getLast();
    double seconds = (latest.at() - first.at()) / 1e9;
    return seconds > 0 ? (latest.done() - first.done()) / seconds : 0;
  }

  /** In hours, minutes and seconds. */
  static String words(Duration duration) {
    long hours = duration.toHours();
    return hours > 0
        ? "%dh%dm".formatted(hours, duration.toMinutesPart())
        : duration.toMinutes() > 0
            ? "%dm%ds".formatted(duration.toMinutes(), duration.toSecondsPart())
            : duration.toSeconds() + "s";
  }
}
