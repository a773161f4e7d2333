package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.problem.Parameters;

/** The steps of a generation's life that a user may ask for; each answers with the generation. */
@Path("/v1/collections/{collection}/generations")
@Tag(name = "Generations")
final class GenerationStepResource {
  private final CollectionLookup collections;
  private final GenerationReader reader;
  private final GenerationActions actions;
  private final Rollback rollback;

  GenerationStepResource(
      CollectionLookup collections,
      GenerationReader reader,
      GenerationActions actions,
      Rollback rollback) {
    this.collections = collections;
    this.reader = reader;
    this.actions = actions;
    this.rollback = rollback;
  }

  @POST
  @Path("/{generation}/pause")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "pauseGeneration",
      summary = "Stop to work on a building generation, until it is resumed")
  @APIResponse(responseCode = "200", description = "Paused")
  @APIResponse(responseCode = "409", description = "It is not building")
  public Uni<GenerationView> pause(@RestPath String collection, @RestPath String generation) {
    return done(collection, generation, actions::pause);
  }

  @POST
  @Path("/{generation}/resume")
  @RolesAllowed(Scope.WRITE)
  @Operation(operationId = "resumeGeneration", summary = "Go on with a paused generation")
  @APIResponse(responseCode = "200", description = "Resumed")
  @APIResponse(responseCode = "409", description = "It is not building")
  public Uni<GenerationView> resume(@RestPath String collection, @RestPath String generation) {
    return done(collection, generation, actions::resume);
  }

  @POST
  @Path("/{generation}/cancel")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "cancelGeneration",
      summary = "Give up a building generation; what it has is erased")
  @APIResponse(responseCode = "200", description = "Cancelled; retired again if it was active once")
  @APIResponse(responseCode = "409", description = "It is not building")
  public Uni<GenerationView> cancel(@RestPath String collection, @RestPath String generation) {
    return done(collection, generation, actions::cancel);
  }

  @POST
  @Path("/{generation}/evaluate")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "evaluateGeneration",
      summary = "Compare a building generation with the active one now",
      description =
          "By their vectors alone (semantic search), for sampled documents and stored queries. If"
              + " there are more queries than are compared, those with expected documents come"
              + " first, and a notice says how many were left out.")
  @APIResponse(responseCode = "200", description = "Compared; see report")
  @APIResponse(responseCode = "409", description = "It is not building")
  public Uni<GenerationView> evaluate(@RestPath String collection, @RestPath String generation) {
    return done(collection, generation, actions::evaluate);
  }

  @POST
  @Path("/{generation}/switch")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "switchToGeneration",
      summary = "Serve a building generation from now on; force goes past its gate",
      description =
          "Force does not make an unfinished generation servable: it is refused until it is whole,"
              + " one that returns by a rollback, too.")
  @APIResponse(responseCode = "200", description = "It is active")
  @APIResponse(responseCode = "409", description = "Not whole, or below its gate; see detail")
  public Uni<GenerationView> switchTo(
      @RestPath String collection, @RestPath String generation, @QueryParam("force") String force) {
    boolean isForced = Parameters.flag("force", force);
    return done(collection, generation, (found, id) -> actions.switchTo(found, id, isForced));
  }

  @POST
  @Path("/{generation}/rollback")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "rollBackToGeneration",
      summary = "Serve a retired generation again",
      description =
          "It first catches up with what was written since, and is then switched to without the"
              + " gate. While documents that are served now are dead in it, it waits and whyNotWhole"
              + " says so; force switches at once, whatever it lacks. The generation is the one to be served, so"
              + " a repetition changes nothing. What is building meanwhile ends, another return"
              + " too.")
  @APIResponse(responseCode = "200", description = "It is active")
  @APIResponse(
      responseCode = "202",
      description = "It is catching up",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GenerationView.class)))
  @APIResponse(
      responseCode = "409",
      description = "It is not kept any more, or it is active and another one is returning")
  public Uni<RestResponse<GenerationView>> rollback(
      @RestPath String collection, @RestPath String generation, @QueryParam("force") String force) {
    boolean isForced = Parameters.flag("force", force);
    return done(collection, generation, (found, id) -> rollback.to(found, id, isForced))
        .map(GenerationStepResource::answer);
  }

  private Uni<GenerationView> done(
      String collection, String generation, BiFunction<FoundCollection, Long, Uni<Void>> step) {
    long id = GenerationPath.id(generation);
    return collections
        .named(collection)
        .chain(found -> step.apply(found, id).chain(() -> reader.view(found, id)));
  }

  private static RestResponse<GenerationView> answer(GenerationView view) {
    return view.state().equals("building") ? RestResponse.accepted(view) : RestResponse.ok(view);
  }
}
