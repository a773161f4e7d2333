package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.problem.Parameters;

@Path("/v1/collections/{collection}/generations")
@Tag(name = "Generations")
final class GenerationResource {
  private static final int MAX_PAGE = 1_000;

  private final CollectionLookup collections;
  private final GenerationReader reader;
  private final GenerationConfig config;

  GenerationResource(
      CollectionLookup collections, GenerationReader reader, GenerationConfig config) {
    this.collections = collections;
    this.reader = reader;
    this.config = config;
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listGenerations",
      summary = "List the generations, newest first; only those at work are counted")
  @APIResponse(responseCode = "200", description = "A page; its next goes into before")
  public Uni<GenerationReader.Page> list(
      @RestPath String collection,
      @QueryParam("limit") String limit,
      @QueryParam("before") String before) {
    int size = Parameters.integer("limit", limit, config.pageSize(), 1, MAX_PAGE);
    Long first = Parameters.identity("before", before);
    return collections
        .named(collection)
        .chain(found -> reader.page(found, first == null ? Long.MAX_VALUE : first, size));
  }

  @GET
  @Path("/{generation}")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getGeneration",
      summary = "A generation: how far it is, what it lacks, how it compares")
  @APIResponse(responseCode = "200", description = "The generation")
  public Uni<GenerationView> get(@RestPath String collection, @RestPath String generation) {
    long id = GenerationPath.id(generation);
    return collections.named(collection).chain(found -> reader.view(found, id));
  }
}
