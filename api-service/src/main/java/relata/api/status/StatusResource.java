package relata.api.status;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;

@Path("/v1/collections")
@Tag(name = "Status")
final class StatusResource {
  private final StatusQuery status;

  StatusResource(StatusQuery status) {
    this.status = status;
  }

  @GET
  @Path("/{collection}/status")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "getStatus",
      summary = "How many documents are pending, ready, linked, …; exact")
  @APIResponse(responseCode = "200", description = "The counts")
  public Uni<CollectionStatus> get(@RestPath String collection) {
    return status.of(collection);
  }
}
