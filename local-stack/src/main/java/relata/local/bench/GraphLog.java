package relata.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What graph-service's log says of one generation. */
final class GraphLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  private final Path file;
  private final long generation;
  private final Pattern load;

  GraphLog(Path file, long generation) {
    this.file = file;
    this.generation = generation;
    load =
        Pattern.compile(
            "(\\S+ \\S+) .* generation loaded generation=%d .* from=(\\w+) .*milliseconds=(\\d+)"
                .formatted(generation));
  }

  /** When it began to be loaded, and from where. */
  record Load(Instant began, String from) {}

  /** All of them, in their order. */
  List<Load> loads() throws IOException {
    return matches(load).map(GraphLog::load).toList();
  }

  private static Load load(MatchResult line) {
    Instant ended =
        LocalDateTime.parse(line.group(1), TIME).atZone(ZoneId.systemDefault()).toInstant();
    return new Load(ended.minusMillis(Long.parseLong(line.group(3))), line.group(2));
  }

  /**
   * Waits until it says this with at least so many documents.
   *
   * @throws IllegalStateException if it does not
   */
  void await(String what, int documents, Duration patience, Duration look)
      throws IOException, InterruptedException {
    Pattern said =
        Pattern.compile(".* %s generation=%d documents=(\\d+) .*".formatted(what, generation));
    Instant limit = Instant.now().plus(patience);
    while (matches(said).noneMatch(line -> Integer.parseInt(line.group(1)) >= documents)) {
      if (Instant.now().isAfter(limit)) {
        throw new IllegalStateException(
            "No \"%s\" of %d documents within %s. Log: %s"
                .formatted(what, documents, patience, file));
      }
      Thread.sleep(look);
    }
  }

  private Stream<MatchResult> matches(Pattern pattern) throws IOException {
    return Files.readAllLines(file).stream().flatMap(line -> pattern.matcher(line).results());
  }
}
