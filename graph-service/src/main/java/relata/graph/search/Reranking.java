package relata.graph.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import relata.graph.problem.ProblemException;
import relata.graph.search.Reranker.Candidate;
import relata.graph.search.Reranker.Query;

/** Asks the re-ranker, if there is one; never longer than it may take, and never in vain twice. */
@Singleton
final class Reranking {
  private static final Logger LOG = Logger.getLogger(Reranking.class);

  private final Optional<Reranker> reranker;
  private final SearchConfig config;
  private final MeterRegistry meters;
  private final Semaphore calls;
  private final AtomicBoolean isFailing = new AtomicBoolean();

  Reranking(@All List<Reranker> installed, SearchConfig config, MeterRegistry meters) {
    reranker = installed.stream().findFirst();
    this.config = config;
    this.meters = meters;
    calls = new Semaphore(config.rerankAtOnce());
  }

  /**
   * @throws ProblemException if there is none to ask
   */
  void require() {
    if (reranker.isEmpty()) {
      throw ProblemException.badField("rerank", "cannot be true here: no re-ranker is installed");
    }
  }

  /** One score a candidate; nothing if it gave none, which is counted and logged. */
  Optional<List<Double>> scores(Query query, List<Candidate> candidates) {
    Timer.Sample sample = Timer.start(meters);
    Answer answer = calls.tryAcquire() ? ask(query, candidates) : new Answer.Busy();
    sample.stop(meters.timer("relata.search.rerank", "outcome", answer.outcome()));
    note(query, answer);
    return answer instanceof Answer.Scores(List<Double> scores)
        ? Optional.of(scores)
        : Optional.empty();
  }

  private sealed interface Answer {
    record Scores(List<Double> scores) implements Answer {}

    record Busy() implements Answer {}

    record Late() implements Answer {}

    record Failed(String reason) implements Answer {}

    default String outcome() {
      return switch (this) {
        case Scores _ -> "answered";
        case Busy _ -> "busy";
        case Late _ -> "late";
        case Failed _ -> "failed";
      };
    }
  }

  /** Its permit is free again when it has ended, not when nobody waits for it any more. */
  private Answer ask(Query query, List<Candidate> candidates) {
    FutureTask<List<Double>> call =
        new FutureTask<>(() -> reranker.orElseThrow().scores(query, candidates));
    Thread thread =
        Thread.ofVirtual()
            .name("rerank")
            .start(
                () -> {
                  try {
                    call.run();
                  } finally {
                    calls.release();
                  }
                });
    try {
      return checked(
          call.get(config.rerankLimit().toMillis(), TimeUnit.MILLISECONDS), candidates.size());
    } catch (TimeoutException late) {
      thread.interrupt();
      return new Answer.Late();
    } catch (ExecutionException failed) {
      return new Answer.Failed(failed.getCause().toString());
    } catch (InterruptedException stopping) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return new Answer.Late();
    }
  }

  private static Answer checked(List<Double> scores, int candidates) {
    boolean isWhole =
        scores != null
            && scores.size() == candidates
            && scores.stream().allMatch(score -> score != null && Double.isFinite(score));
    return isWhole
        ? new Answer.Scores(List.copyOf(scores))
        : new Answer.Failed("not one finite number for each of %d chunks".formatted(candidates));
  }

  /** Once a change: while it fails every search would say the same. */
  private void note(Query query, Answer answer) {
    if (answer instanceof Answer.Scores) {
      if (isFailing.compareAndSet(true, false)) {
        LOG.info("re-ranker answers again");
      }
    } else if (isFailing.compareAndSet(false, true)) {
      LOG.warnf(
          "re-ranker gave no scores generation=%d outcome=%s reason=%s",
          query.generationId(),
          answer.outcome(),
          answer instanceof Answer.Failed(String reason) ? reason : "none");
    }
  }
}
