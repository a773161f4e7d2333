package relata.api.graph;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentNames;
import relata.api.document.DocumentNames.Name;
import relata.api.document.ExternalId;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;

/** Parts of a collection's graph, and figures of the whole. */
@Path("/v1/collections/{collection}/graph")
@Tag(name = "Graph")
final class GraphResource {
  private static final int TOP = 10;
  private static final int NODES = 100;
  private static final int MAX_NODES = 500;
  private static final int MAX_DEPTH = 6;

  private final CollectionLookup collections;
  private final DocumentNames names;
  private final GraphGateway graph;
  private final UnlinkedCount unlinked;

  GraphResource(
      CollectionLookup collections,
      DocumentNames names,
      GraphGateway graph,
      UnlinkedCount unlinked) {
    this.collections = collections;
    this.names = names;
    this.graph = graph;
    this.unlinked = unlinked;
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getGraph",
      summary = "The most linked documents, or those around one, and the edges among them",
      description =
          "top asks for the most linked ones (10 if nothing is asked for); around, with depth and"
              + " nodes, for those that so many edges lead to. minSimilarity leaves weaker edges"
              + " out.")
  @APIResponse(responseCode = "200", description = "A part of the graph")
  public Uni<GraphView> graph(
      @RestPath String collection,
      @QueryParam("top") String top,
      @QueryParam("around") String around,
      @QueryParam("depth") String depth,
      @QueryParam("nodes") String nodes,
      @QueryParam("minSimilarity") String minSimilarity) {
    int most = Parameters.integer("top", top, TOP, 1, MAX_NODES);
    int steps = Parameters.integer("depth", depth, 1, 1, MAX_DEPTH);
    int limit = Parameters.integer("nodes", nodes, NODES, 1, MAX_NODES);
    double least = Parameters.number("minSimilarity", minSimilarity, -1, -1, 1);
    checkTogether(top, around, depth, nodes);
    if (around == null) {
      return collections
          .named(collection)
          .chain(
              found ->
                  part(
                      found, graph.ask(service -> service.graph(found.generation(), most, least))));
    }
    String middle = ExternalId.checked(around);
    return collections
        .named(collection)
        .chain(
            found ->
                names
                    .byId(found.id(), middle)
                    .chain(
                        document ->
                            part(
                                found,
                                graph.ask(
                                    service ->
                                        service.around(
                                            found.generation(),
                                            document.key(),
                                            steps,
                                            limit,
                                            least)))));
  }

  /** A parameter that would be passed over in silence is refused. */
  private static void checkTogether(String top, String around, String depth, String nodes) {
    if (around != null && top != null) {
      throw Problem.invalid("top", "Does not go with around.").exception();
    }
    if (around == null && (depth != null || nodes != null)) {
      throw Problem.invalid(
              depth == null ? "nodes" : "depth", "Goes with around, which names a document.")
          .exception();
    }
  }

  private Uni<GraphView> part(FoundCollection collection, Uni<GraphAnswers.Part> asked) {
    return asked.chain(
        part ->
            names
                .byKeys(collection.id(), keys(part))
                .chain(
                    found ->
                        unlinked
                            .of(collection)
                            .map(
                                pending ->
                                    GraphView.of(collection.generation(), part, pending, found))));
  }

  private static Set<Long> keys(GraphAnswers.Part part) {
    return part.nodes().stream().map(GraphAnswers.Node::documentId).collect(Collectors.toSet());
  }

  @GET
  @Path("/statistics")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getGraphStatistics",
      summary = "Figures of the whole graph: degrees, components, density")
  @APIResponse(responseCode = "200", description = "The figures")
  public Uni<StatisticsView> statistics(@RestPath String collection) {
    return collections
        .named(collection)
        .chain(
            found ->
                graph
                    .ask(service -> service.statistics(found.generation()))
                    .chain(
                        answer ->
                            unlinked
                                .of(found)
                                .map(
                                    pending ->
                                        new StatisticsView(
                                            found.generation(),
                                            answer.commit(),
                                            pending,
                                            answer.statistics()))));
  }

  @GET
  @Path("/path")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "findPath",
      summary = "How two documents are related, step by step, with the reasons")
  @APIResponse(responseCode = "200", description = "The way, or that there is none")
  public Uni<PathView> path(
      @RestPath String collection, @QueryParam("from") String from, @QueryParam("to") String to) {
    String first = named("from", from);
    String last = named("to", to);
    return collections
        .named(collection)
        .chain(
            found ->
                names
                    .byId(found.id(), first)
                    .chain(
                        start ->
                            names.byId(found.id(), last).chain(end -> path(found, start, end))));
  }

  private static String named(String field, String id) {
    if (id == null) {
      throw Problem.invalid(field, "Must name a document.").exception();
    }
    return ExternalId.checked(id);
  }

  private Uni<PathView> path(FoundCollection collection, Name from, Name to) {
    return graph
        .ask(service -> service.path(collection.generation(), from.key(), to.key()))
        .chain(
            path ->
                names
                    .byKeys(collection.id(), keys(path))
                    .map(found -> PathView.of(collection.generation(), from, to, path, found)));
  }

  private static Set<Long> keys(GraphAnswers.Path path) {
    return path.steps().stream()
        .flatMap(step -> Stream.of(step.fromId(), step.toId()))
        .collect(Collectors.toSet());
  }
}
