package relata.api.search;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
import relata.api.graph.GraphGateway;
import relata.api.graph.GraphService;
import relata.api.problem.Problem;

@Path("/v1/collections")
@Tag(name = "Search")
final class SearchResource {
  private final CollectionLookup collections;
  private final DocumentNames names;
  private final GraphGateway graph;

  SearchResource(CollectionLookup collections, DocumentNames names, GraphGateway graph) {
    this.collections = collections;
    this.names = names;
    this.graph = graph;
  }

  @POST
  @Path("/{collection}/search")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "search",
      summary = "Search by meaning, by words, or both",
      description =
          "For a text, or for more like a document. The latter goes by the words that tell the"
              + " document from others and by the vectors of its chunks, and asks no model.")
  @APIResponse(responseCode = "200", description = "The best documents, each by its best chunk")
  public Uni<SearchView> search(@RestPath String collection, SearchQuestion question) {
    if (question == null) {
      throw Problem.invalid(null, "Send a JSON object with text, or like.").exception();
    }
    SearchQuestion checked = question.checked();
    return collections.named(collection).chain(found -> search(found, checked));
  }

  private Uni<SearchView> search(FoundCollection collection, SearchQuestion question) {
    if (question.like() == null) {
      return search(collection, question.asked(null));
    }
    return names
        .byId(collection.id(), question.like().document())
        .chain(document -> search(collection, question.asked(document.key())));
  }

  private Uni<SearchView> search(FoundCollection collection, GraphService.Search search) {
    return graph
        .ask(service -> service.search(collection.generation(), search))
        .chain(
            found ->
                names
                    .byKeys(collection.id(), keys(found))
                    .map(named -> SearchView.of(collection.generation(), found, named)));
  }

  private static Set<Long> keys(GraphService.Found found) {
    return found.hits().stream().map(GraphService.Hit::documentId).collect(Collectors.toSet());
  }
}
