package relata.api.graph;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentNames;
import relata.api.document.DocumentNames.Name;
import relata.api.document.ExternalId;
import relata.api.problem.Parameters;

@Path("/v1/collections")
@Tag(name = "Graph")
final class NeighborsResource {
  /** No recipe's list is longer. */
  private static final int MAX_LIMIT = 1000;

  private final CollectionLookup collections;
  private final DocumentNames names;
  private final GraphGateway graph;

  NeighborsResource(CollectionLookup collections, DocumentNames names, GraphGateway graph) {
    this.collections = collections;
    this.names = names;
    this.graph = graph;
  }

  @GET
  @Path("/{collection}/documents/{id}/neighbors")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listNeighbors",
      summary = "The documents most similar to one, and the chunks by which they are")
  @APIResponse(responseCode = "200", description = "The list; empty until the document is linked")
  public Uni<NeighborsView> neighbors(
      @RestPath String collection,
      @RestPath String id,
      @QueryParam("limit") String limit,
      @QueryParam("evidence") String evidence) {
    String checked = ExternalId.checked(id);
    int most = Parameters.integer("limit", limit, MAX_LIMIT, 1, MAX_LIMIT);
    boolean withEvidence = evidence == null || Parameters.flag("evidence", evidence);
    return collections
        .named(collection)
        .chain(
            found ->
                names
                    .byId(found.id(), checked)
                    .chain(document -> neighbors(found, document, most, withEvidence)));
  }

  private Uni<NeighborsView> neighbors(
      FoundCollection collection, Name document, int limit, boolean evidence) {
    return graph
        .ask(service -> service.neighbors(collection.generation(), document.key(), limit, evidence))
        .chain(
            list ->
                names
                    .byKeys(collection.id(), keys(list))
                    .map(
                        found -> NeighborsView.of(collection.generation(), document, list, found)));
  }

  private static Set<Long> keys(GraphService.Neighbors list) {
    return list.neighbors().stream()
        .map(GraphService.Neighbor::documentId)
        .collect(Collectors.toSet());
  }
}
