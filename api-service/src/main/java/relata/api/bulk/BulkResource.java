package relata.api.bulk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;

@Path("/v1/collections")
@Tag(name = "Documents")
final class BulkResource {
  private final ImportRunner runner;
  private final BulkImport imports;

  BulkResource(ImportRunner runner, BulkImport imports) {
    this.runner = runner;
    this.imports = imports;
  }

  @POST
  @Path("/{collection}/documents:bulk")
  @RolesAllowed(Scope.WRITE)
  @Consumes(ImportRunner.NDJSON)
  @Produces(ImportRunner.NDJSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "importDocuments",
      summary = "Import documents, one JSON object a line; answers one line for each")
  @RequestBody(
      content =
          @Content(
              mediaType = ImportRunner.NDJSON,
              schema = @Schema(implementation = BulkLine.class)))
  @APIResponse(
      responseCode = "200",
      description = "Every line was dealt with; those that are wrong are rejected one by one",
      content =
          @Content(
              mediaType = ImportRunner.NDJSON,
              schema = @Schema(implementation = BulkAnswer.class)))
  public Response bulk(
      @RestPath String collection, @Context RoutingContext routing, InputStream body)
      throws IOException {
    return runner.run(collection, routing, body, imports::run);
  }
}
