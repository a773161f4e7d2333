package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;

/** Waits until the work on some collections is done, and shows how far it is. */
final class Settling {
  private static final Duration INTERVAL = Duration.ofMillis(300);

  /** Retries with backoff and the sweep both come round within it. */
  private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(5);

  /** Longer than a model takes to load; then a person wants to know what is the matter. */
  private static final Duration UNTIL_EXPLAINED = Duration.ofSeconds(10);

  private final RelataClient client;
  private final List<String> collections;
  private final Supplier<Optional<String>> reason;
  private final PrintWriter out;
  private boolean explained;

  /**
   * @param reason why documents fail at present, if it is known
   */
  Settling(
      RelataClient client,
      List<String> collections,
      Supplier<Optional<String>> reason,
      PrintWriter out) {
    this.client = client;
    this.collections = List.copyOf(collections);
    this.reason = reason;
    this.out = out;
  }

  /**
   * Returns when every document is complete or dead, or when nothing has moved for five minutes.
   *
   * @return the last status of each collection
   */
  List<CollectionStatus> await() {
    List<CollectionStatus> statuses = statuses();
    long total = statuses.stream().mapToLong(CollectionStatus::documents).sum();
    try (Progress progress = Progress.of("Ready and linked", total, out)) {
      List<CollectionStatus> moved = statuses;
      long movedAt = System.nanoTime();
      while (true) {
        progress.at(done(statuses), note(statuses));
        if (statuses.stream().allMatch(CollectionStatus::isSettled)
            || System.nanoTime() - movedAt > WITHOUT_PROGRESS.toNanos()) {
          return statuses;
        }
        Thread.sleep(INTERVAL);
        statuses = statuses();
        if (done(statuses) != done(moved) || ready(statuses) != ready(moved)) {
          moved = statuses;
          movedAt = System.nanoTime();
        }
        explain(statuses, Duration.ofNanos(System.nanoTime() - movedAt));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return statuses;
    }
  }

  /** Says once why documents wait, as soon as that is known. */
  void explain(List<CollectionStatus> statuses, Duration withoutProgress) {
    boolean failed = statuses.stream().anyMatch(status -> status.failed() > 0);
    if (explained || !failed || withoutProgress.compareTo(UNTIL_EXPLAINED) < 0) {
      return;
    }
    reason
        .get()
        .ifPresent(
            line -> {
              explained = true;
              out.printf("%nDocuments wait to be tried again, the last reason:%n  %s%n", line);
              out.flush();
            });
  }

  private List<CollectionStatus> statuses() {
    return collections.stream().map(client::status).map(CollectionStatus::of).toList();
  }

  private static long done(List<CollectionStatus> statuses) {
    return statuses.stream().mapToLong(CollectionStatus::linked).sum();
  }

  private static long ready(List<CollectionStatus> statuses) {
    return statuses.stream().mapToLong(status -> status.ready() + status.skipped()).sum();
  }

  private static String note(List<CollectionStatus> statuses) {
    long failed = statuses.stream().mapToLong(CollectionStatus::failed).sum();
    long dead = statuses.stream().mapToLong(CollectionStatus::dead).sum();
    String note = ready(statuses) + " embedded";
    return failed + dead == 0 ? note : note + ", " + failed + " to be retried, " + dead + " dead";
  }
}
