package relata.api.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The index that a collection is searched by: what it holds, how searches go about it, and what
 * that is worth.
 *
 * @param generation whose index it is
 * @param loaded whether it is in memory; what is counted there is 0 if it is not
 * @param dimension components of its vectors; null if there are none
 * @param minRecall what searches must have, by the lower bound of their recall
 * @param setting the effort of searches; null of an index that is not tuned here, in OpenSearch
 * @param previous what the last promotion can be undone to; null if there is nothing to undo
 * @param latency of a search with the setting, as last measured; null if never
 * @param sampledQueries how many queries there are to measure by
 * @param neededQueries how many it takes to show minRecall; null if none are enough
 * @param trialsLeft how many may be made within this hour
 * @param runs the last ones, newest first
 * @param trials the last ones, newest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "Index")
public record GraphIndex(
    long generation,
    @Schema(enumeration = {"embedded", "opensearch"}) String kind,
    boolean loaded,
    int documents,
    int chunks,
    Integer dimension,
    Memory memory,
    double minRecall,
    Setting setting,
    Setting previous,
    Latency latency,
    int sampledQueries,
    Long neededQueries,
    int trialsLeft,
    List<Run> runs,
    List<Trial> trials) {
  public GraphIndex {
    runs = List.copyOf(runs);
    trials = List.copyOf(trials);
  }

  /** A wish to tune; without a seed one is drawn. */
  public record Tune(Long seed) {}

  /**
   * Bytes.
   *
   * @param heapBytes what finds vectors and words
   * @param vectorBytes the vectors, outside of the heap
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "IndexMemory")
  public record Memory(long heapBytes, long vectorBytes) {}

  /**
   * How much a search looks at.
   *
   * @param certain whether nothing is left out
   * @param probes how many lists of vectors; null for all
   * @param depth how many vectors are compared exactly; null for as many as it takes
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchEffort")
  public record Effort(boolean certain, Integer probes, Integer depth) {}

  /**
   * The effort of searches, and what it is worth.
   *
   * @param maxDocuments searches for more documents are certain; null for no limit
   * @param held whether its recall is what it must be; if not, searches are certain all the same
   * @param reason how it came about; null if nothing was ever set
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "IndexSetting")
  public record Setting(
      Effort effort,
      Integer maxDocuments,
      Recall recall,
      boolean held,
      @Schema(enumeration = {"promoted", "fell_back", "undone"}) String reason,
      Instant since) {}

  /**
   * The share of right answers that are found.
   *
   * @param lower what it is at least, at a confidence of 95 %
   * @param queries how many it was measured by; 0 for certainty, which is not measured
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "Recall")
  public record Recall(double mean, double lower, int queries, Instant measuredAt) {}

  /** Processor time of a search in milliseconds: half of them, and all but one in a hundred. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchLatency")
  public record Latency(double p50Millis, double p99Millis) {}

  /**
   * A search for a better effort, or a check of the present one.
   *
   * @param seed which queries, and in which order, follow from it
   * @param detail why it came to that, in words; null until it has ended
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "TuningRun")
  public record Run(
      long id,
      @Schema(enumeration = {"hand", "growth", "check"}) String cause,
      long seed,
      double minRecall,
      @Schema(
              enumeration = {
                "waiting",
                "running",
                "promoted",
                "kept",
                "fell_back",
                "stopped",
                "abandoned",
                "failed"
              })
          String state,
      String detail,
      Instant createdAt,
      Instant endedAt) {}

  /**
   * What one effort was worth, beside the one that searches had.
   *
   * @param id goes into after
   * @param held whether the recall was shown to be what it must be
   * @param plannedQueries more than were asked, if the recall could not be shown any more
   * @param ratio cost by that of the effort that searches had
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "TuningTrial")
  public record Trial(
      String id,
      long run,
      @Schema(enumeration = {"check", "seek", "confirm"}) String purpose,
      Effort effort,
      Effort current,
      boolean held,
      Recall recall,
      int plannedQueries,
      double ratio,
      Latency latency,
      Latency currentLatency,
      Memory memory) {}

  /** Trials, newest first; {@code next} is null on the last page. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "TuningTrialPage")
  public record TrialPage(List<Trial> trials, String next) {
    public TrialPage {
      trials = List.copyOf(trials);
    }
  }

  /**
   * A run decided once more, from its seed and its journal.
   *
   * @param effort what it promotes; null if nothing
   * @param same whether that is what the run came to
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "TuningReplay")
  public record Replay(
      Run run,
      @Schema(enumeration = {"promoted", "kept", "fell_back"}) String outcome,
      Effort effort,
      boolean same) {}
}
