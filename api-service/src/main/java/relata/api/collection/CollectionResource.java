package relata.api.collection;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.once.OnceKey;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.resolution.Availability;
import relata.api.resolution.KnownModels;
import relata.api.resolution.MissingModels;
import relata.api.resolution.RecipeResolution;
import relata.api.resolution.RecipeWish;
import relata.api.resolution.RecipeWishes;
import relata.api.resolution.ResolvedRecipe;

@Path("/v1/collections")
@Tag(name = "Collections")
final class CollectionResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final CollectionStore store;
  private final CollectionLookup lookup;
  private final RecipeWishes wishes;
  private final KnownModels models;
  private final RecipeResolution recipes;

  CollectionResource(
      CollectionStore store,
      CollectionLookup lookup,
      RecipeWishes wishes,
      KnownModels models,
      RecipeResolution recipes) {
    this.store = store;
    this.lookup = lookup;
    this.wishes = wishes;
    this.models = models;
    this.recipes = recipes;
  }

  @POST
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "createCollection",
      summary = "Create a collection; what its recipe leaves out has a default")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CollectionView.class)))
  @APIResponse(
      responseCode = "409",
      description = "The name is taken, or the model server does not have a model of the recipe")
  public Uni<RestResponse<CollectionView>> create(
      @RestHeader(OnceKey.HEADER) String key, NewCollection wanted) {
    if (wanted == null) {
      throw Problem.invalid(null, "Send a JSON object with a name.").exception();
    }
    RecipeWish.Clear wish = wanted.checked(wishes);
    Optional<OnceKey> once =
        OnceKey.of(key, "POST collection", wanted.name(), String.valueOf(wanted.recipe()));
    return models
        .now()
        .chain(known -> resolved(wish, known))
        .chain(recipe -> store.create(wanted.name(), recipe, once))
        .chain(() -> lookup.view(wanted.name()))
        .map(CollectionResource::created);
  }

  private Uni<ResolvedRecipe> resolved(RecipeWish.Clear wish, Availability known) {
    return recipes
        .resolve(wish, NewCollection.RECIPE, known)
        .invoke(recipe -> MissingModels.refuse(recipe.recipe(), known));
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "listCollections", summary = "List the collections by name")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<CollectionPage> list(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    if (after != null && !CollectionName.isValid(after)) {
      throw Problem.invalid("after", "Must be the 'next' of a page.").exception();
    }
    return lookup.page(after == null ? "" : after, size);
  }

  @GET
  @Path("/{collection}")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getCollection",
      summary = "A collection: its complete recipe, its active and its building generation")
  @APIResponse(responseCode = "200", description = "The collection")
  public Uni<CollectionView> get(@RestPath String collection) {
    return lookup.view(collection);
  }

  @DELETE
  @Path("/{collection}")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "deleteCollection",
      summary = "Delete a collection with its documents and all that was derived from them")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Void> delete(@RestPath String collection, @RestHeader(OnceKey.HEADER) String key) {
    return store.delete(collection, OnceKey.of(key, "DELETE collection", collection));
  }

  private static RestResponse<CollectionView> created(CollectionView view) {
    return RestResponse.ResponseBuilder.<CollectionView>created(
            URI.create("/v1/collections/" + view.name()))
        .entity(view)
        .build();
  }
}
