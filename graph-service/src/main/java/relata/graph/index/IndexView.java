package relata.graph.index;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import relata.graph.tune.Recall;
import relata.graph.vector.Effort;

/**
 * The index of a generation: what it holds, how searches go about it, and what that is worth.
 *
 * @param kind {@code embedded}, in this service's own memory, or {@code opensearch}
 * @param loaded whether it is in memory; what is counted there is 0 if it is not
 * @param dimension components of its vectors; null if there are none
 * @param minRecall what searches must have, by the lower bound of their recall
 * @param setting the effort of searches; null if it is not chosen here
 * @param previous what the last promotion can be undone to; null if there is nothing to undo
 * @param latency of searches with this setting, as last measured; null if never
 * @param sampledQueries how many queries there are to measure by
 * @param neededQueries how many it takes to show {@code minRecall}; null if none are enough
 * @param trialsLeft how many may be made within this hour
 * @param runs the last ones, newest first
 * @param trials the last ones, newest first
 */
record IndexView(
    long generation,
    String kind,
    boolean loaded,
    int documents,
    int chunks,
    Integer dimension,
    Memory memory,
    double minRecall,
    SettingView setting,
    SettingView previous,
    Latency latency,
    int sampledQueries,
    Long neededQueries,
    int trialsLeft,
    List<RunView> runs,
    List<TrialView> trials) {
  IndexView {
    runs = List.copyOf(runs);
    trials = List.copyOf(trials);
  }

  /**
   * @param heapBytes what finds vectors and words
   * @param vectorBytes the vectors, outside of the heap
   */
  record Memory(long heapBytes, long vectorBytes) {}

  /**
   * How much is looked at in a search.
   *
   * @param certain whether nothing is left out
   * @param probes how many lists of vectors; null for all
   * @param depth how many vectors are compared exactly; null for as many as it takes
   */
  record EffortView(boolean certain, Integer probes, Integer depth) {
    static EffortView of(Effort effort) {
      return new EffortView(
          effort.equals(Effort.CERTAIN), Columns.probes(effort), Columns.depth(effort));
    }
  }

  /**
   * @param maxDocuments searches for more documents are certain; null for no limit
   * @param held whether its recall is what it must be; if not, searches are certain all the same
   * @param reason how it came about: promoted, fell_back, undone; null if nothing was ever set
   */
  record SettingView(
      EffortView effort,
      Integer maxDocuments,
      RecallView recall,
      boolean held,
      String reason,
      Instant since) {
    static SettingView of(Setting setting, double bar) {
      return new SettingView(
          EffortView.of(setting.effort()),
          setting.maxDocuments() == Integer.MAX_VALUE ? null : setting.maxDocuments(),
          RecallView.of(setting.recall(), setting.measuredAt()),
          setting.recall().lower() >= bar,
          setting.reason() == null ? null : Columns.name(setting.reason()),
          setting.changedAt());
    }
  }

  /**
   * @param lower bound of it, at a confidence of 95 %
   * @param queries how many it was measured by; 0 for certainty, which is not measured
   */
  record RecallView(double mean, double lower, int queries, Instant measuredAt) {
    static RecallView of(Recall recall, Instant measuredAt) {
      return new RecallView(recall.mean(), recall.lower(), recall.queries(), measuredAt);
    }
  }

  /** Processor time of a search in milliseconds. */
  record Latency(double p50Millis, double p99Millis) {
    static Latency of(JournalEntry.Times nanos) {
      return new Latency(nanos.p50() / 1e6, nanos.p99() / 1e6);
    }
  }

  /**
   * @param state waiting or under way, or what it came to
   * @param detail why, in words; null until it has ended
   */
  record RunView(
      long id,
      String cause,
      long seed,
      double minRecall,
      String state,
      String detail,
      Instant createdAt,
      Instant endedAt) {
    static RunView of(Run run) {
      return new RunView(
          run.id(),
          Columns.name(run.cause()),
          run.seed(),
          run.minRecall(),
          state(run),
          run.detail(),
          run.createdAt(),
          run.endedAt());
    }

    private static String state(Run run) {
      if (run.outcome() != null) {
        return Columns.name(run.outcome());
      }
      return run.conditions() == null ? "waiting" : "running";
    }
  }

  /**
   * @param id of the run, a point, and the trial's number in it: the {@code after} of the next page
   * @param purpose check, seek or confirm
   * @param ratio cost by that of the setting that searches had
   * @param plannedQueries more than were asked, if the recall could not be shown any more
   */
  record TrialView(
      String id,
      long run,
      String purpose,
      EffortView effort,
      EffortView current,
      boolean held,
      RecallView recall,
      int plannedQueries,
      double ratio,
      Latency latency,
      Latency currentLatency,
      Memory memory) {
    static TrialView of(JournalEntry entry) {
      return new TrialView(
          String.format(Locale.ROOT, "%d.%d", entry.runId(), entry.number()),
          entry.runId(),
          Columns.name(entry.purpose()),
          EffortView.of(entry.effort()),
          EffortView.of(entry.current()),
          entry.held(),
          RecallView.of(entry.recall(), entry.triedAt()),
          entry.plannedQueries(),
          entry.ratio(),
          Latency.of(entry.nanos()),
          Latency.of(entry.currentNanos()),
          new Memory(entry.heapBytes(), entry.vectorBytes()));
    }
  }
}
