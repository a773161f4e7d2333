package relata.graph.feed;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import relata.graph.edges.EdgeCommitter;
import relata.graph.sweep.Linking;
import relata.graph.sweep.Sweep;

/** Commits edges of what changed. */
final class EdgeWork implements FeatureFeed.Work {
  private final EdgeCommitter committer;
  private final Linking linking;
  private final Sweep sweep;
  private final EdgeTraces traces;

  /** What generations that are catching up dealt with last. */
  private final Map<Long, List<Long>> before = new ConcurrentHashMap<>();

  EdgeWork(EdgeCommitter committer, Linking linking, Sweep sweep, EdgeTraces traces) {
    this.committer = committer;
    this.linking = linking;
    this.sweep = sweep;
    this.traces = traces;
  }

  @Override
  public void handle(GenerationChanges changes) throws InterruptedException {
    if (changes.wholeGeneration() && !committer.eraseIfGone(changes.generationId())) {
      sweep.request();
    }
    if (!changes.documentIds().isEmpty()) {
      commit(changes);
    }
  }

  private void commit(GenerationChanges changes) throws InterruptedException {
    List<Span> spans = traces.begin(changes);
    boolean done = false;
    try {
      committer.commit(changes.generationId(), changes.documentIds());
      done = true;
    } finally {
      if (!done) {
        spans.forEach(span -> span.setStatus(StatusCode.ERROR));
      }
      spans.forEach(Span::end);
    }
  }

  @Override
  public boolean catchUp(long generationId) throws InterruptedException {
    List<Long> some = linking.linkSome(generationId, before.getOrDefault(generationId, List.of()));
    if (some.isEmpty()) {
      before.remove(generationId);
    } else {
      before.put(generationId, some);
    }
    return !some.isEmpty();
  }
}
