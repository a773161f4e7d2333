package relata.worker.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import relata.worker.claim.Claim;
import relata.worker.claim.Claimed;
import relata.worker.claim.Failures;
import relata.worker.claim.Verdict;
import relata.worker.embed.EmbedSession;
import relata.worker.embed.Embedder;
import relata.worker.embed.Input;
import relata.worker.gate.Turn;
import relata.worker.model.Desk;
import relata.worker.model.InputAnswer;
import relata.worker.store.DocumentFeatures;
import relata.worker.store.FeatureStore;
import relata.worker.trace.TraceStep;

/** Works through a part of a claim: what is complete is stored while the rest is asked again. */
@Singleton
class PartWork {
  private static final int PROVIDED_TOGETHER = 10;
  private static final List<String> OUTCOMES =
      List.of("ready", "skipped", "failed", "dead", "stale");

  private final Preparation preparation;
  private final Describing describing;
  private final Providing providing;
  private final Embedder embedder;
  private final Judge judge;
  private final FeatureStore store;
  private final Failures failures;
  private final Wakeups wakeups;
  private final PipelineConfig config;
  private final PartTraces traces;
  private final Desk desk;
  private final MeterRegistry meters;

  PartWork(
      Preparation preparation,
      Describing describing,
      Providing providing,
      Embedder embedder,
      Judge judge,
      FeatureStore store,
      Failures failures,
      Wakeups wakeups,
      PipelineConfig config,
      PartTraces traces,
      Desk desk,
      MeterRegistry meters) {
    this.preparation = preparation;
    this.describing = describing;
    this.providing = providing;
    this.embedder = embedder;
    this.judge = judge;
    this.store = store;
    this.failures = failures;
    this.wakeups = wakeups;
    this.config = config;
    this.traces = traces;
    this.desk = desk;
    this.meters = meters;
    // At nought from the start, so that the first dead document is a change, too.
    OUTCOMES.forEach(this::documents);
  }

  void process(Turn turn, Claim claim, List<Claimed> part) {
    Preparation.Prepared prepared;
    try (Desk.Place _ = desk.sit(turn)) {
      prepared = preparation.prepare(part);
    }
    claim.close(prepared.stale());
    count("stale", prepared.stale().size());
    fail(claim, prepared.failed());
    describing.describe(turn, claim, prepared.drafts(), described -> goOn(turn, claim, described));
  }

  private void goOn(Turn turn, Claim claim, Describing.Outcome described) {
    fail(claim, described.failed());
    Map<Boolean, List<Draft>> drafts =
        described.drafts().stream().collect(Collectors.partitioningBy(Draft::isProvided));
    // How many chunks a client brought is known when they are read, and so are their vectors.
    for (List<Draft> slice : Slices.of(drafts.get(true), _ -> 1, PROVIDED_TOGETHER)) {
      provide(turn, claim, slice);
    }
    for (List<Draft> slice :
        Slices.of(drafts.get(false), draft -> draft.chunks().size(), config.batchChunks())) {
      embed(turn, claim, slice);
    }
  }

  private void embed(Turn turn, Claim claim, List<Draft> drafts) {
    List<Work> open = drafts.stream().map(Work::new).toList();
    try (EmbedSession session = embedder.open(turn)) {
      while (!open.isEmpty()) {
        open = round(turn, claim, session, open);
      }
    }
  }

  private void provide(Turn turn, Claim claim, List<Draft> drafts) {
    if (!drafts.isEmpty()) {
      Providing.Outcome provided = providing.take(drafts);
      store(turn, claim, provided.complete());
      fail(claim, provided.failed());
    }
  }

  /** Writes down why a document has no features yet. */
  void fail(Claim claim, Claimed document, Verdict verdict) {
    fail(claim, Map.of(document, verdict));
  }

  /** Asks the model once, and returns what is to be asked again. */
  private List<Work> round(Turn turn, Claim claim, EmbedSession session, List<Work> open) {
    Map<Input.Key, InputAnswer> answers;
    try (TraceStep _ = traces.embed(open)) {
      answers = session.embed(open.stream().flatMap(work -> work.missing().stream()).toList());
    }
    List<DocumentFeatures> complete = new ArrayList<>();
    Map<Claimed, Verdict> failed = new LinkedHashMap<>();
    List<Work> again = new ArrayList<>();
    for (Work work : open) {
      switch (judge.next(work, work.take(answers))) {
        case Step.Complete done -> complete.add(done.features());
        case Step.Failed failure -> failed.put(work.document(), failure.verdict());
        case Step.Again _ -> again.add(work);
      }
    }
    store(turn, claim, complete);
    fail(claim, failed);
    return again;
  }

  private void store(Turn turn, Claim claim, List<DocumentFeatures> complete) {
    List<DocumentFeatures> stored;
    try (Desk.Place _ = desk.sit(turn);
        TraceStep _ = traces.store(complete)) {
      stored = store.store(claim, complete);
    }
    long skipped = stored.stream().filter(DocumentFeatures::isSkipped).count();
    count("ready", stored.size() - skipped);
    count("skipped", skipped);
    // Edited or deleted meanwhile, or taken by another: its own event does the work.
    count("stale", complete.size() - (long) stored.size());
  }

  /** Writes down why documents have no features yet. */
  void fail(Claim claim, Map<Claimed, Verdict> verdicts) {
    Failures.Recorded recorded = failures.record(claim, verdicts);
    traces.failed(verdicts);
    recorded.firstRetry().ifPresent(wakeups::dueIn);
    count("failed", recorded.failed());
    count("dead", recorded.dead());
  }

  private void count(String outcome, long documents) {
    if (documents > 0) {
      documents(outcome).increment(documents);
    }
  }

  private Counter documents(String outcome) {
    return meters.counter("embedding", "outcome", outcome);
  }
}
