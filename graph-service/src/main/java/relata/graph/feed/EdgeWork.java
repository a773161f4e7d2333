package relata.graph.feed;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import relata.graph.edges.EdgeCommitter;
import relata.graph.sweep.Linking;
import relata.graph.sweep.Sweep;
import relata.graph.sweep.Walk;

/** Commits edges of what changed. */
final class EdgeWork implements FeatureFeed.Work {
  private final EdgeCommitter committer;
  private final Linking linking;
  private final Sweep sweep;
  private final EdgeTraces traces;

  /** How far generations are that catch up. */
  private final Map<Long, Walk> walks = new ConcurrentHashMap<>();

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
    Walk walk = linking.linkSome(generationId, walks.getOrDefault(generationId, Walk.START));
    if (walk.ended()) {
      walks.remove(generationId);
    } else {
      walks.put(generationId, walk);
    }
    return !walk.ended();
  }
}
