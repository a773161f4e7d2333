package relata.api.graph;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;

/** The way to graph-service's comparisons: few at a time, and with failures in words. */
@Singleton
public final class ComparisonGateway {
  private static final Logger LOG = Logger.getLogger(ComparisonGateway.class);

  private final GraphComparisons comparisons;
  private final GraphConfig config;
  private final MeterRegistry meters;
  private final Semaphore calls;

  ComparisonGateway(
      @RestClient GraphComparisons comparisons, GraphConfig config, MeterRegistry meters) {
    this.comparisons = comparisons;
    this.config = config;
    this.meters = meters;
    this.calls = new Semaphore(config.maxComparisons());
  }

  /** Compares; fails with 503 and a time to come back if graph-service cannot. */
  public Uni<GraphComparisons.Comparison> compare(GraphComparisons.Request request) {
    return Uni.createFrom().deferred(() -> ask(request));
  }

  private Uni<GraphComparisons.Comparison> ask(GraphComparisons.Request request) {
    if (!calls.tryAcquire()) {
      return Uni.createFrom().failure(unavailable("Other generations are being compared."));
    }
    Timer.Sample sample = Timer.start(meters);
    return comparisons
        .compare(request)
        .onTermination()
        .invoke((answer, failure, isCancelled) -> ended(sample, answer != null))
        .onFailure()
        .transform(this::notCompared);
  }

  private void ended(Timer.Sample sample, boolean isAnswered) {
    calls.release();
    sample.stop(
        meters.timer("relata.graph.comparison", "outcome", isAnswered ? "answered" : "failed"));
  }

  private ProblemException notCompared(Throwable failure) {
    int status =
        failure instanceof WebApplicationException answered
            ? answered.getResponse().getStatus()
            : 0;
    LOG.warnf("comparison failed status=%d cause=%s", status, failure);
    return unavailable(
        status == 404
            ? "graph-service does not know one of the generations yet."
            : "graph-service cannot compare generations right now.");
  }

  private ProblemException unavailable(String detail) {
    return Problem.unavailable(ProblemType.COMPARISON_AWAY, detail, config.retryAfter())
        .exception();
  }
}
