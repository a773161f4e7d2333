package relata.api.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationView;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.resolution.Availability;
import relata.api.resolution.KnownModels;
import relata.api.resolution.RecipeResolution;
import relata.api.resolution.RecipeWish;
import relata.api.resolution.RecipeWishes;
import relata.api.resolution.ResolvedRecipe;

@Path("/v1/collections/{collection}/recipe")
@Tag(name = "Generations")
final class RecipeResource {
  private final CollectionLookup collections;
  private final RecipeWishes wishes;
  private final KnownModels models;
  private final RecipeResolution resolution;
  private final RequestedChange changer;

  RecipeResource(
      CollectionLookup collections,
      RecipeWishes wishes,
      KnownModels models,
      RecipeResolution resolution,
      RequestedChange changer) {
    this.collections = collections;
    this.wishes = wishes;
    this.models = models;
    this.resolution = resolution;
    this.changer = changer;
  }

  @PUT
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "putRecipe",
      summary = "Change the recipe, by a generation that is built beside the active one",
      description =
          "What the recipe leaves out has the deployment's default, as when a collection is made,"
              + " and not the value that the collection has now. What was building ends. The new"
              + " generation is switched to when it is whole and passes its gate, by itself unless"
              + " gate.switch is manual. A change of the gate alone is written into the generation"
              + " there is. With dryRun=true the answer is a RecipePlan, and nothing is changed.")
  @RequestBody(
      content = @Content(mediaType = "application/json", schema = @Schema(ref = "WrittenRecipe")))
  @APIResponse(
      responseCode = "200",
      description = "Nothing is to be made: the generation there is. With dryRun the RecipePlan",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(anyOf = {GenerationView.class, Plan.class})))
  @APIResponse(
      responseCode = "202",
      description = "The generation that is made",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GenerationView.class)))
  @APIResponse(responseCode = "409", description = "The model server does not have the model")
  public Uni<RestResponse<Object>> put(
      @RestPath String collection,
      @QueryParam("dryRun") String dryRun,
      @QueryParam("rebuild") String rebuild,
      JsonNode recipe) {
    boolean isDry = Parameters.flag("dryRun", dryRun);
    boolean isRebuild = Parameters.flag("rebuild", rebuild);
    RecipeWish.Clear wish = checked(recipe);
    return collections
        .named(collection)
        .chain(found -> models.now().chain(known -> put(found, wish, known, isDry, isRebuild)));
  }

  private Uni<RestResponse<Object>> put(
      FoundCollection found,
      RecipeWish.Clear wish,
      Availability known,
      boolean isDry,
      boolean isRebuild) {
    Uni<ResolvedRecipe> resolved = resolution.resolve(wish, "", known);
    return isDry
        ? resolved
            .chain(wanted -> changer.plan(found, wanted, known, isRebuild))
            .map(RestResponse::ok)
        : resolved
            .chain(wanted -> changer.change(found, wanted, known, isRebuild))
            .map(changed -> answer(found, changed));
  }

  private RecipeWish.Clear checked(JsonNode recipe) {
    if (recipe == null || recipe.isNull() || recipe.isMissingNode()) {
      throw Problem.invalid(null, "Send a JSON object, a partial recipe, or \"default\".")
          .exception();
    }
    return switch (wishes.read(recipe)) {
      case RecipeWish.Clear clear -> clear;
      case RecipeWish.Faulty faulty -> throw Problem.invalid(faulty.errors()).exception();
    };
  }

  private static RestResponse<Object> answer(
      FoundCollection collection, RequestedChange.Changed changed) {
    URI location =
        URI.create(
            "/v1/collections/%s/generations/%d"
                .formatted(collection.name(), changed.view().generation()));
    return changed.isMade()
        ? RestResponse.ResponseBuilder.<Object>accepted(changed.view()).location(location).build()
        : RestResponse.ok(changed.view());
  }
}
