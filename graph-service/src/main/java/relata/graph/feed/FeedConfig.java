package relata.graph.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events about features are consumed. */
@ConfigMapping(prefix = "relata.feed")
public interface FeedConfig {
  /**
   * Events taken at a time, at most {@code relata.edges.max-documents}. A batch is what is waiting,
   * so this delays nothing; more than {@code max-waiting} would never be held.
   */
  @WithDefault("256")
  int maxMessages();

  /**
   * Events of one generation that are held until they are dealt with; those that come then are
   * acknowledged at once, and the generation catches up from the database. More keep an event's
   * documents in the order of the changes, fewer come again when a replica dies.
   */
  @WithDefault("1024")
  int maxWaiting();

  /**
   * Events held of all generations together. The broker hands out four times as many, to all
   * replicas together, so that what some of them hold does not keep events from the others.
   */
  @WithDefault("8192")
  int maxHeld();

  /**
   * After which the broker gives an event to another replica. It is extended while a batch is in
   * work, so this is how long the events of a dead replica wait.
   */
  @WithDefault("PT30S")
  Duration ackWait();

  /** Pause after a failure, doubled with every delivery of the event. */
  @WithDefault("PT1S")
  Duration retryDelay();

  /** Longest pause of an event that fails again and again. */
  @WithDefault("PT1M")
  Duration maxRetryDelay();

  /**
   * After so many deliveries an event that still fails is left to the sweep, which tries again
   * everything that is not right. Also how often catching up is tried. More tell sooner that a
   * failure has passed; but what waits to be delivered again counts against what the broker hands
   * out, of all generations together, so that one that always fails could keep the others waiting.
   */
  @WithDefault("5")
  int maxDeliveries();

  /** How soon it is noticed that the broker lost the consumer with its store. */
  @WithDefault("PT5S")
  Duration verifyEvery();

  /** How long a replica's own consumer outlives it at the broker. */
  @WithDefault("PT5M")
  Duration inactiveThreshold();

  /** How long a batch in hand may take when the service is told to end. */
  @WithDefault("PT8S")
  Duration stopLimit();
}
