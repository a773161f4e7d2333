package relata.api.index;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.graph.GraphGateway;
import relata.api.graph.GraphIndex;
import relata.api.graph.GraphService;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** The index that a collection is searched by, and how it is tuned. */
@Path("/v1/collections/{collection}/index")
@Tag(name = "Index")
final class IndexResource {
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 100;

  /** Every reader of JSON reads whole numbers up to here right. */
  private static final long MAX_SEED = (1L << 53) - 1;

  private static final Pattern TRIAL = Pattern.compile("\\d{1,18}\\.\\d{1,9}");

  private final CollectionLookup collections;
  private final IndexSettingsStore settings;
  private final GraphGateway graph;

  IndexResource(CollectionLookup collections, IndexSettingsStore settings, GraphGateway graph) {
    this.collections = collections;
    this.settings = settings;
    this.graph = graph;
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getIndex",
      summary = "What the index holds, how searches go about it, and what that is worth")
  @APIResponse(responseCode = "200", description = "The index of what is served")
  public Uni<GraphIndex> get(@RestPath String collection) {
    return ask(collection, GraphService::index);
  }

  @PUT
  @RolesAllowed(Scope.WRITE)
  @Operation(operationId = "putIndex", summary = "Say which recall searches must have")
  @APIResponse(responseCode = "200", description = "Kept; searches follow within seconds")
  public Uni<IndexSettings> put(@RestPath String collection, IndexSettings body) {
    return settings.put(collection, IndexSettings.checked(body));
  }

  @POST
  @Path("/tune")
  @RolesAllowed(Scope.WRITE)
  @ResponseStatus(202)
  @Operation(
      operationId = "tuneIndex",
      summary = "Look for a cheaper effort of searches that holds the recall")
  @APIResponse(
      responseCode = "202",
      description = "The run; the index tells how it goes",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GraphIndex.Run.class)))
  public Uni<GraphIndex.Run> tune(
      @RestPath String collection,
      @QueryParam("seed")
          @Parameter(description = "Which queries, and in which order, follow from it")
          String seed) {
    GraphIndex.Tune wish = new GraphIndex.Tune(seed(seed));
    return ask(collection, (service, generation) -> service.tune(generation, wish));
  }

  @POST
  @Path("/undo")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "undoPromotion",
      summary = "Undo the last promotion of an effort; it can be done once")
  @APIResponse(responseCode = "200", description = "The index with the effort of before")
  public Uni<GraphIndex> undo(@RestPath String collection) {
    return ask(collection, GraphService::undo);
  }

  @GET
  @Path("/trials")
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "listTrials", summary = "The journal of trials, newest first")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<GraphIndex.TrialPage> trials(
      @RestPath String collection,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    if (after != null && !TRIAL.matcher(after).matches()) {
      throw Problem.invalid("after", "Must be the 'next' of a page.").exception();
    }
    return ask(collection, (service, generation) -> service.trials(generation, size, after));
  }

  @GET
  @Path("/runs/{run}/replay")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "replayRun",
      summary = "Decide a run once more, from its seed and its journal")
  @APIResponse(responseCode = "200", description = "What it comes to")
  public Uni<GraphIndex.Replay> replay(@RestPath String collection, @RestPath String run) {
    long id = runId(run);
    return ask(collection, (service, generation) -> service.replay(generation, id));
  }

  /** Null for one that is drawn. */
  private static Long seed(String raw) {
    if (raw == null) {
      return null;
    }
    try {
      long seed = Long.parseLong(raw);
      if (seed >= 0 && seed <= MAX_SEED) {
        return seed;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, like a number that is out of range.
    }
    throw Problem.invalid("seed", "Must be a whole number from 0 to " + MAX_SEED + ".").exception();
  }

  private static long runId(String run) {
    try {
      return Long.parseLong(run);
    } catch (NumberFormatException notANumber) {
      throw Problem.of(ProblemType.UNKNOWN_RUN, "Runs are numbered.").exception();
    }
  }

  private <T> Uni<T> ask(String collection, BiFunction<GraphService, Long, Uni<T>> question) {
    return collections
        .named(collection)
        .chain(found -> graph.askOnce(service -> question.apply(service, found.generation())));
  }
}
