package relata.api.query;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;

@Path("/v1/collections/{collection}/queries")
@Tag(name = "Queries")
final class QueryResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final QueryStore store;

  QueryResource(QueryStore store) {
    this.store = store;
  }

  @PUT
  @Path("/{name}")
  @RolesAllowed(Scope.WRITE)
  @Operation(operationId = "putQuery", summary = "Store a query by which generations are compared")
  @APIResponse(responseCode = "200", description = "Stored in place of the one there was")
  @APIResponse(
      responseCode = "201",
      description = "Stored",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StoredQuery.class)))
  @APIResponse(responseCode = "409", description = "The collection has too many queries")
  public Uni<RestResponse<StoredQuery>> put(
      @RestPath String collection, @RestPath String name, QueryBody query) {
    if (query == null) {
      throw Problem.invalid(null, "Send a JSON object with a text.").exception();
    }
    return store
        .put(collection, QueryName.checked(name), query.checked())
        .map(kept -> answer(collection, kept));
  }

  @GET
  @Path("/{name}")
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "getQuery", summary = "A stored query")
  @APIResponse(responseCode = "200", description = "The query")
  public Uni<StoredQuery> get(@RestPath String collection, @RestPath String name) {
    return store.get(collection, QueryName.checked(name));
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "listQueries", summary = "List the stored queries by name")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<QueryStore.Page> list(
      @RestPath String collection,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    if (after != null && !QueryName.isValid(after)) {
      throw Problem.invalid("after", "Must be the 'next' of a page.").exception();
    }
    return store.page(collection, after == null ? "" : after, size);
  }

  @DELETE
  @Path("/{name}")
  @RolesAllowed(Scope.WRITE)
  @Operation(operationId = "deleteQuery", summary = "Delete a stored query")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Void> delete(@RestPath String collection, @RestPath String name) {
    return store.delete(collection, QueryName.checked(name));
  }

  private static RestResponse<StoredQuery> answer(String collection, QueryStore.Kept kept) {
    StoredQuery query = kept.query();
    return kept.isNew()
        ? RestResponse.ResponseBuilder.<StoredQuery>created(
                URI.create("/v1/collections/%s/queries/%s".formatted(collection, query.name())))
            .entity(query)
            .build()
        : RestResponse.ok(query);
  }
}
