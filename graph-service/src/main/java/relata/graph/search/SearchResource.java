package relata.graph.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
import relata.graph.index.LiveLoad;
import relata.graph.problem.ProblemException;

/** Searches one generation. */
@Path("/internal/generations/{generation}/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class SearchResource {
  private final Generations generations;
  private final Search search;
  private final LiveLoad load;
  private final SearchConfig config;
  private final MeterRegistry meters;

  SearchResource(
      Generations generations,
      Search search,
      LiveLoad load,
      SearchConfig config,
      MeterRegistry meters) {
    this.generations = generations;
    this.search = search;
    this.load = load;
    this.config = config;
    this.meters = meters;
  }

  @POST
  public SearchResponse search(@RestPath long generation, SearchRequest request) {
    if (request == null) {
      throw ProblemException.badField("text", "must hold the words to search for");
    }
    SearchRequest.Checked checked = request.checked(config);
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try (LiveLoad.Searching searching = load.searching()) {
      GenerationIndex index =
          generations
              .find(generation)
              .orElseThrow(() -> ProblemException.unknownGeneration(generation));
      SearchResponse response = search.run(index, checked);
      outcome = Boolean.FALSE.equals(response.semanticAvailable()) ? "words_alone" : "whole";
      return response;
    } finally {
      sample.stop(meters.timer("relata.search", "mode", checked.mode().json(), "outcome", outcome));
    }
  }
}
