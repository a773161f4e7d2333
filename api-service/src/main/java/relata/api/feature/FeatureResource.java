package relata.api.feature;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.document.ExternalId;
import relata.api.problem.Parameters;

@Path("/v1/collections")
@Tag(name = "Features")
final class FeatureResource {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 200;

  private final CollectionLookup collections;
  private final FeatureQuery features;

  FeatureResource(CollectionLookup collections, FeatureQuery features) {
    this.collections = collections;
    this.features = features;
  }

  @GET
  @Path("/{collection}/documents/{id}/features")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getFeatures",
      summary = "What was derived from a document, and why something is missing")
  @APIResponse(responseCode = "200", description = "Description, chunks, state; never a vector")
  public Uni<FeaturesView> get(
      @RestPath String collection,
      @RestPath String id,
      @QueryParam("generation")
          @Parameter(description = "Of which generation; the active one if left out")
          String generation,
      @QueryParam("limit") @Parameter(description = "Most chunks, 1 to 200; 50 if left out")
          String limit,
      @QueryParam("after") @Parameter(description = "The 'next' of the page before") String after) {
    String document = ExternalId.checked(id);
    Long wanted = Parameters.identity("generation", generation);
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    int behind = Parameters.integer("after", after, -1, 0, Integer.MAX_VALUE);
    return collections
        .named(collection)
        .chain(found -> features.of(found, document, wanted, behind, size));
  }
}
