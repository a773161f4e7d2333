package relata.local.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a synthetic model server answers.
 *
 * @param dimension components of a vector
 * @param latency how long a call takes, beside its small real cost
 * @param concurrency calls that are dealt with at the same time
 * @param whenFull what happens to a call beyond them
 * @param poison a call with a text that has this in it is refused with 400; empty: none is
 * @param topics texts of one topic are alike, of two they are not; 0: no two texts are
 */
public record SyntheticBehaviour(
    int dimension,
    Duration latency,
    int concurrency,
    WhenFull whenFull,
    String poison,
    int topics) {

  private static final int MOST_DIMENSIONS = 8_192;

  /** What a server without room does. */
  public enum WhenFull {
    /** The call waits for its turn, as Ollama has it. */
    QUEUE,
    /** The call is answered 429. */
    REFUSE
  }

  public SyntheticBehaviour {
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(whenFull, "whenFull");
    Objects.requireNonNull(poison, "poison");
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("dimension must be 1.." + MOST_DIMENSIONS);
    }
    if (concurrency < 1 || latency.isNegative()) {
      throw new IllegalArgumentException("concurrency must be at least 1, latency not negative");
    }
    if (topics < 0) {
      throw new IllegalArgumentException("topics must not be negative");
    }
  }

  /** Answers at once, whatever it is asked. */
  public static SyntheticBehaviour instant(int dimension) {
    return new SyntheticBehaviour(
        dimension, Duration.ZERO, Integer.MAX_VALUE, WhenFull.QUEUE, "", 0);
  }

  /** It takes a time for a call, and some calls at once; more of them wait. */
  public SyntheticBehaviour withLatency(Duration newLatency, int newConcurrency) {
    return new SyntheticBehaviour(dimension, newLatency, newConcurrency, whenFull, poison, topics);
  }

  public SyntheticBehaviour withPoison(String marker) {
    return new SyntheticBehaviour(dimension, latency, concurrency, whenFull, marker, topics);
  }

  /** Its texts are about so many things, some of which more is written about than of others. */
  public SyntheticBehaviour withTopics(int newTopics) {
    return new SyntheticBehaviour(dimension, latency, concurrency, whenFull, poison, newTopics);
  }

  /** The options of the program that mean the same. */
  public List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dimension",
                Integer.toString(dimension),
                "--latency-ms",
                Long.toString(latency.toMillis()),
                "--concurrency",
                Integer.toString(concurrency),
                "--when-full",
                whenFull.name(),
                "--topics",
                Integer.toString(topics)));
    if (!poison.isEmpty()) {
      arguments.addAll(List.of("--poison", poison));
    }
    return arguments;
  }
}
