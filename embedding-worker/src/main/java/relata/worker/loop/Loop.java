package relata.worker.loop;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Does one thing again and again on a thread of its own, until it is told to stop. Whatever a turn
 * meets, an error of the machine or of ours included, the loop goes on after a pause: nothing else
 * in the process would take up its work, and no probe restarts it. It says once what it met, until
 * a turn went well or something else is met.
 */
public final class Loop {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  /** One turn; it waits by itself for its time to come. */
  @FunctionalInterface
  public interface Step {
    /**
     * Takes a turn.
     *
     * @return false when it was the last
     */
    boolean turn() throws Exception;
  }

  private final String trouble;
  private final Duration pause;
  private final Step step;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long turnedAt = System.nanoTime();

  /**
   * @param name the thread's
   * @param trouble what a failed turn means, in words for the log
   * @param pause after a turn that failed
   */
  public Loop(String name, String trouble, Duration pause, Step step) {
    this.trouble = trouble;
    this.pause = pause;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Begins; it can be done once. */
  public void start() {
    turnedAt = System.nanoTime();
    thread.start();
  }

  /** Ends it, also in the middle of a wait, and returns at once. */
  public void stop() {
    stopped = true;
    thread.interrupt();
  }

  /** Waits until it has ended. */
  public void join() throws InterruptedException {
    thread.join();
  }

  /**
   * Waits until it has ended.
   *
   * @return false when it goes on, true also when it never began
   */
  public boolean join(Duration limit) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(limit);
  }

  /** How long ago a turn went well, or the loop began. */
  public Duration sinceTurn() {
    return Duration.ofNanos(System.nanoTime() - turnedAt);
  }

  private void run() {
    String met = "";
    boolean more = true;
    while (more && !stopped) {
      try {
        more = step.turn();
        turnedAt = System.nanoTime();
        met = "";
      } catch (Exception | Error failed) {
        if (!stopped) {
          met = say(failed, met);
          pause();
        }
      }
    }
  }

  private String say(Throwable failed, String before) {
    String now = failed.getClass().getSimpleName() + ": " + failed.getMessage();
    if (!now.equals(before)) {
      LOG.warnf("%s reason=\"%s\"", trouble, now);
    }
    LOG.debug(trouble, failed);
    return now;
  }

  private void pause() {
    // Nobody but stop() ends this thread: a mark that a library left must not cut the pause short.
    boolean _ = Thread.interrupted();
    try {
      if (!stopped) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException woken) {
      // By stop(), which the loop looks at next.
    }
  }
}
