package relata.api.graph;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;

/** The way to graph-service: bounded, measured, and with its failures in the client's words. */
@Singleton
public final class GraphGateway {
  private static final Logger LOG = Logger.getLogger(GraphGateway.class);
  private static final String AWAY = "Neighbours and search cannot be answered right now.";
  private static final String BEHIND =
      "graph-service does not know the generation yet that the collection serves.";

  /** How much there is, and of what, is for operators: graph-service logs it. */
  private static final String NO_MEMORY =
      "graph-service has no memory for the index of this collection now. Try again later.";

  private static final String TEXT_REFUSED =
      " Send another text, for instance a shorter one, or search with mode lexical.";
  private static final String WITHOUT_MODEL =
      " With mode hybrid or lexical a search is answered without the model.";

  private final GraphService service;
  private final GraphConfig config;
  private final MeterRegistry meters;
  private final Semaphore calls;
  private final AtomicBoolean isAway = new AtomicBoolean();

  GraphGateway(@RestClient GraphService service, GraphConfig config, MeterRegistry meters) {
    this.service = service;
    this.config = config;
    this.meters = meters;
    this.calls = new Semaphore(config.maxCalls());
  }

  /**
   * Asks graph-service; fails with 503 and a time to come back if it, or the model behind it,
   * cannot answer. That it does not know the generation is no answer, either: what is served is in
   * the database that both read, so it looks at another one, or an older state of it.
   *
   * <p>A replica that ends closes its connections, at times under a question. That changes nothing,
   * so it is asked again, and reaches another replica.
   */
  public <T> Uni<T> ask(Function<GraphService, Uni<T>> question) {
    return await(
        asked ->
            Uni.createFrom()
                .deferred(() -> question.apply(asked))
                .onFailure(GraphGateway::isLeaving)
                .retry()
                .atMost(config.retries()));
  }

  /** The same for what changes something, which must not be done twice. */
  public <T> Uni<T> askOnce(Function<GraphService, Uni<T>> question) {
    return await(question);
  }

  private <T> Uni<T> await(Function<GraphService, Uni<T>> question) {
    if (!calls.tryAcquire()) {
      count("rejected");
      return Uni.createFrom().failure(unavailable());
    }
    Timer.Sample sample = Timer.start(meters);
    return question
        .apply(service)
        .onTermination()
        .invoke(
            (answer, failure, cancelled) -> {
              calls.release();
              noteState(failure, cancelled);
              sample.stop(meters.timer("relata.graph.call", "outcome", outcome(failure)));
            })
        .onFailure()
        .transform(this::inWords);
  }

  /** Not that it is slow, or that nobody is there: asking again would make either worse. */
  private static boolean isLeaving(Throwable failure) {
    return failure instanceof IOException && !(failure instanceof ConnectException);
  }

  private ProblemException inWords(Throwable failure) {
    return switch (GraphRefusal.of(failure)) {
      case GraphRefusal.Unknown _ ->
          Problem.unavailable(ProblemType.GRAPH_BEHIND, BEHIND, config.retryAfter()).exception();
      case GraphRefusal.Field(String name, String reason) ->
          Problem.invalid(name, reason).exception();
      case GraphRefusal.Text(String reason) ->
          Problem.invalid("text", reason + TEXT_REFUSED).exception();
      case GraphRefusal.ModelAway(String reason) ->
          Problem.unavailable(ProblemType.MODEL_AWAY, reason + WITHOUT_MODEL, config.retryAfter())
              .exception();
      case GraphRefusal.MemoryTaken _ ->
          Problem.unavailable(ProblemType.MEMORY_TAKEN, NO_MEMORY, config.memoryRetryAfter())
              .exception();
      case GraphRefusal.Conflict(String reason) ->
          Problem.of(ProblemType.INDEX_STATE, reason).exception();
      case GraphRefusal.UnknownRun(String reason) ->
          Problem.of(ProblemType.UNKNOWN_RUN, reason).exception();
      case GraphRefusal.Away _ -> unavailable();
    };
  }

  /** Once a change: while it is away every request would say the same. */
  private void noteState(Throwable failure, boolean cancelled) {
    if (cancelled) {
      return;
    }
    if (failure != null && !isAnswered(GraphRefusal.of(failure))) {
      if (isAway.compareAndSet(false, true)) {
        LOG.warnf("graph-service away cause=%s", failure);
      }
    } else if (isAway.compareAndSet(true, false)) {
      LOG.info("graph-service answers again");
    }
  }

  private static boolean isAnswered(GraphRefusal refusal) {
    return switch (refusal) {
      case GraphRefusal.Field _,
          GraphRefusal.Text _,
          GraphRefusal.ModelAway _,
          GraphRefusal.MemoryTaken _,
          GraphRefusal.Conflict _,
          GraphRefusal.UnknownRun _ ->
          true;
      case GraphRefusal.Unknown _, GraphRefusal.Away _ -> false;
    };
  }

  private ProblemException unavailable() {
    return Problem.unavailable(ProblemType.GRAPH_AWAY, AWAY, config.retryAfter()).exception();
  }

  private void count(String outcome) {
    meters.counter("relata.graph.refused", "outcome", outcome).increment();
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "answered";
    }
    return GraphRefusal.of(failure) instanceof GraphRefusal.Unknown ? "unknown" : "failed";
  }
}
