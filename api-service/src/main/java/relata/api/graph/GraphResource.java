package relata.api.graph;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentNames;
import relata.api.document.DocumentNames.Name;
import relata.api.document.ExternalId;
import relata.api.problem.Parameters;

@Path("/v1/collections")
@Tag(name = "Graph")
final class GraphResource {
  private static final int TOP = 10;
  private static final int MAX_TOP = 100;

  private final CollectionLookup collections;
  private final DocumentNames names;
  private final GraphGateway graph;

  GraphResource(CollectionLookup collections, DocumentNames names, GraphGateway graph) {
    this.collections = collections;
    this.names = names;
    this.graph = graph;
  }

  @GET
  @Path("/{collection}/documents/{id}/neighbors")
  @Operation(summary = "The documents most similar to one, and by which chunks")
  @APIResponse(responseCode = "200", description = "The list; empty until the document is linked")
  public Uni<NeighborsView> neighbors(@RestPath String collection, @RestPath String id) {
    String checked = ExternalId.checked(id);
    return collections
        .named(collection)
        .chain(
            found -> names.byId(found.id(), checked).chain(document -> neighbors(found, document)));
  }

  @GET
  @Path("/{collection}/graph")
  @Operation(summary = "The most linked documents and the edges among them")
  @APIResponse(responseCode = "200", description = "The top of the graph")
  public Uni<TopGraphView> graph(@RestPath String collection, @QueryParam("top") String top) {
    int size = Parameters.integer("top", top, TOP, 1, MAX_TOP);
    return collections.named(collection).chain(found -> graph(found, size));
  }

  private Uni<NeighborsView> neighbors(FoundCollection collection, Name document) {
    return graph
        .ask(service -> service.neighbors(collection.generation(), document.key()))
        .chain(
            list ->
                names
                    .byKeys(collection.id(), keys(list))
                    .map(
                        found -> NeighborsView.of(collection.generation(), document, list, found)));
  }

  private Uni<TopGraphView> graph(FoundCollection collection, int size) {
    return graph
        .ask(service -> service.graph(collection.generation(), size))
        .chain(
            top ->
                names
                    .byKeys(collection.id(), keys(top))
                    .map(found -> TopGraphView.of(collection.generation(), top, found)));
  }

  private static Set<Long> keys(GraphService.Neighbors list) {
    return list.neighbors().stream()
        .map(GraphService.Neighbor::documentId)
        .collect(Collectors.toSet());
  }

  private static Set<Long> keys(GraphService.TopGraph graph) {
    Stream<Long> nodes = graph.top().stream().map(GraphService.TopNode::documentId);
    Stream<Long> ends =
        graph.edges().stream().flatMap(edge -> Stream.of(edge.lowId(), edge.highId()));
    return Stream.concat(nodes, ends).collect(Collectors.toSet());
  }
}
