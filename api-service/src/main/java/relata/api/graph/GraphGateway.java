package relata.api.graph;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;

/** The way to graph-service: bounded, measured, and with its failures in the client's words. */
@Singleton
public final class GraphGateway {
  private static final Logger LOG = Logger.getLogger(GraphGateway.class);
  private static final String AWAY = "Neighbours and search cannot be answered right now.";

  /** The only thing of a question that graph-service judges and this service does not. */
  private static final String TEXT_REFUSED =
      "The embedding model does not take this text; shorten it, or search with mode lexical.";

  private final GraphService service;
  private final GraphConfig config;
  private final MeterRegistry meters;
  private final Semaphore calls;

  GraphGateway(@RestClient GraphService service, GraphConfig config, MeterRegistry meters) {
    this.service = service;
    this.config = config;
    this.meters = meters;
    this.calls = new Semaphore(config.maxCalls());
  }

  /**
   * Asks graph-service; fails with 503 and a time to come back if it cannot answer.
   *
   * @param unknown the answer while it does not know the generation yet
   */
  public <T> Uni<T> ask(Function<GraphService, Uni<T>> question, T unknown) {
    return ask(question, unknown, AWAY);
  }

  /**
   * The same for a question that graph-service may refuse for a time although it is there.
   *
   * @param refused what to tell the client then, one sentence
   */
  public <T> Uni<T> ask(Function<GraphService, Uni<T>> question, T unknown, String refused) {
    if (!calls.tryAcquire()) {
      count("rejected");
      return Uni.createFrom().failure(unavailable(AWAY));
    }
    Timer.Sample sample = Timer.start(meters);
    return question
        .apply(service)
        .onTermination()
        .invoke(
            (answer, failure, cancelled) -> {
              calls.release();
              sample.stop(meters.timer("relata.graph.call", "outcome", outcome(failure)));
            })
        .onFailure()
        .recoverWithUni(failure -> recovered(failure, unknown, refused));
  }

  private <T> Uni<T> recovered(Throwable failure, T unknown, String refused) {
    int status = status(failure);
    if (status == 404) {
      return Uni.createFrom().item(unknown);
    }
    if (status == 422) {
      return Uni.createFrom().failure(Problem.invalid("text", TEXT_REFUSED).exception());
    }
    LOG.warnf("graph-service failed status=%d cause=%s", status, failure);
    return Uni.createFrom().failure(unavailable(status == 503 ? refused : AWAY));
  }

  private ProblemException unavailable(String detail) {
    return Problem.unavailable("graph-away", detail, config.retryAfter()).exception();
  }

  private void count(String outcome) {
    meters.counter("relata.graph.refused", "outcome", outcome).increment();
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "answered";
    }
    return status(failure) == 404 ? "unknown" : "failed";
  }

  /** HTTP status of the answer; 0 if there was none. */
  private static int status(Throwable failure) {
    return failure instanceof WebApplicationException answered
        ? answered.getResponse().getStatus()
        : 0;
  }
}
