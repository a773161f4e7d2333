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
import relata.api.document.ExternalId;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;

/** Which documents of a collection belong together. */
@Path("/v1/collections/{collection}/graph")
@Tag(name = "Graph")
final class GroupsResource {
  private static final int LIMIT = 20;
  private static final int MEMBERS = 5;
  private static final int MAX = 100;
  private static final double LEAST_RESOLUTION = 0.01;
  private static final double DUPLICATES = 0.95;

  private final CollectionLookup collections;
  private final DocumentNames names;
  private final GraphGateway graph;

  GroupsResource(CollectionLookup collections, DocumentNames names, GraphGateway graph) {
    this.collections = collections;
    this.names = names;
    this.graph = graph;
  }

  @GET
  @Path("/communities")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listCommunities",
      summary = "The largest communities, or with of that of a document",
      description =
          "Found by Leiden's method: the same graph has the same communities. A greater resolution"
              + " gives more and smaller ones. With of, members and offset page through the"
              + " community's documents, the most central first.")
  @APIResponse(responseCode = "200", description = "The communities")
  public Uni<CommunitiesView> communities(
      @RestPath String collection,
      @QueryParam("resolution") String resolution,
      @QueryParam("limit") String limit,
      @QueryParam("members") String members,
      @QueryParam("of") String of,
      @QueryParam("offset") String offset) {
    double fineness = Parameters.number("resolution", resolution, 1, LEAST_RESOLUTION, MAX);
    int most = Parameters.integer("limit", limit, LIMIT, 1, MAX);
    int told = Parameters.integer("members", members, MEMBERS, 1, MAX);
    int skipped = Parameters.integer("offset", offset, 0, 0, Integer.MAX_VALUE);
    if (of == null && offset != null) {
      throw Problem.invalid("offset", "Goes with of, which names a document.").exception();
    }
    if (of != null && limit != null) {
      throw Problem.invalid("limit", "Does not go with of.").exception();
    }
    if (of == null) {
      return collections
          .named(collection)
          .chain(
              found ->
                  named(
                      found,
                      graph.ask(
                          service ->
                              service.communities(found.generation(), fineness, most, told))));
    }
    String document = ExternalId.checked(of);
    return collections
        .named(collection)
        .chain(
            found ->
                names
                    .byId(found.id(), document)
                    .chain(
                        name ->
                            named(
                                found,
                                graph.ask(
                                    service ->
                                        service.community(
                                            found.generation(),
                                            fineness,
                                            name.key(),
                                            told,
                                            skipped)))));
  }

  private Uni<CommunitiesView> named(
      FoundCollection collection, Uni<GraphAnswers.Communities> asked) {
    return asked.chain(
        found ->
            names
                .byKeys(collection.id(), keys(found))
                .map(known -> CommunitiesView.of(collection.generation(), found, known)));
  }

  private static Set<Long> keys(GraphAnswers.Communities found) {
    return found.communities().stream()
        .flatMap(community -> community.members().stream())
        .map(GraphAnswers.Member::documentId)
        .collect(Collectors.toSet());
  }

  @GET
  @Path("/duplicates")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listDuplicates",
      summary = "Groups of documents that are nearly the same",
      description =
          "Documents are in one group if edges of at least minSimilarity lead from one to the"
              + " other. Below the recipe's own minSimilarity there are no edges.")
  @APIResponse(responseCode = "200", description = "The groups, the largest first")
  public Uni<DuplicatesView> duplicates(
      @RestPath String collection,
      @QueryParam("minSimilarity") String minSimilarity,
      @QueryParam("limit") String limit) {
    double least = Parameters.number("minSimilarity", minSimilarity, DUPLICATES, -1, 1);
    int most = Parameters.integer("limit", limit, LIMIT, 1, MAX);
    return collections
        .named(collection)
        .chain(
            found ->
                graph
                    .ask(service -> service.duplicates(found.generation(), least, most))
                    .chain(
                        groups ->
                            names
                                .byKeys(found.id(), keys(groups))
                                .map(
                                    known ->
                                        DuplicatesView.of(found.generation(), groups, known))));
  }

  private static Set<Long> keys(GraphAnswers.Duplicates found) {
    return found.groups().stream()
        .flatMap(group -> group.documentIds().stream())
        .collect(Collectors.toSet());
  }
}
