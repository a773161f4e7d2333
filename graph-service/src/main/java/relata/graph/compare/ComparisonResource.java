package relata.graph.compare;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import relata.graph.problem.ProblemException;

/** Says how a generation compares with the one that it is to replace. */
@Path("/internal/comparisons")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class ComparisonResource {
  private final Comparer comparer;
  private final ComparisonConfig config;
  private final MeterRegistry meters;

  ComparisonResource(Comparer comparer, ComparisonConfig config, MeterRegistry meters) {
    this.comparer = comparer;
    this.config = config;
    this.meters = meters;
  }

  @POST
  public Comparison compare(ComparisonRequest request) {
    if (request == null) {
      throw ProblemException.badField("current", "must name a generation");
    }
    ComparisonRequest.Checked checked = request.checked(config);
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      Comparison comparison = comparer.run(checked);
      outcome = comparison.notices().isEmpty() ? "whole" : "partial";
      return comparison;
    } finally {
      sample.stop(meters.timer("relata.comparisons", "outcome", outcome));
    }
  }
}
