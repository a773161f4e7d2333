package relata.api.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.tenant.Tenant;

/** The tenant's keys. The operator has no tenant, and names one; nobody else may. */
@Path("/v1/keys")
@Tag(name = "Keys")
@RolesAllowed(Scope.ADMIN)
final class KeyResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final KeyStore store;
  private final AccessConfig config;
  private final SecurityIdentity caller;

  KeyResource(KeyStore store, AccessConfig config, SecurityIdentity caller) {
    this.store = store;
    this.config = config;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Scope.ADMIN)
  @Operation(
      operationId = "createKey",
      summary = "Make a key; the answer is the only one that shows it")
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = KeyView.class)))
  public Uni<RestResponse<KeyView>> create(@QueryParam("tenant") String tenant, NewKey wanted) {
    enter(tenant);
    if (wanted == null) {
      throw Problem.invalid(null, "Send a JSON object with a name and scopes.").exception();
    }
    return store.create(wanted.checked(config, Instant.now())).map(KeyResource::made);
  }

  @GET
  @RolesAllowed(Scope.ADMIN)
  @Operation(
      operationId = "listKeys",
      summary = "List the keys by id, without their secrets; those that ended, too")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<KeyPage> list(
      @QueryParam("tenant") String tenant,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    enter(tenant);
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    return store.page(after == null ? "" : after, size);
  }

  @DELETE
  @Path("/{key}")
  @RolesAllowed(Scope.ADMIN)
  @Operation(
      operationId = "revokeKey",
      summary = "Revoke a key: it ends at once here, and soon at the other replicas")
  @APIResponse(responseCode = "204", description = "Revoked")
  public Uni<Void> revoke(@RestPath String key, @QueryParam("tenant") String tenant) {
    enter(tenant);
    return store.revoke(key);
  }

  @POST
  @Path("/{key}/rotate")
  @RolesAllowed(Scope.ADMIN)
  @Operation(
      operationId = "rotateKey",
      summary = "Make a key like this one, which ends after a while, a day by default")
  @APIResponse(
      responseCode = "201",
      description = "Made; the answer is the only one that shows the new key",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = KeyView.class)))
  public Uni<RestResponse<KeyView>> rotate(
      @RestPath String key, @QueryParam("tenant") String tenant, Rotation rotation) {
    enter(tenant);
    return store.rotate(key, Rotation.overlap(rotation)).map(KeyResource::made);
  }

  /** Whose keys are meant: the caller's own, or those of the tenant that the operator names. */
  private void enter(String named) {
    String own = Caller.tenant(caller);
    if (own != null && named == null) {
      return;
    }
    if (own != null && !named.equals(own) && !caller.hasRole(Scope.OPERATOR)) {
      throw Problem.invalid("tenant", "Only the operator names a tenant; leave it out.")
          .exception();
    }
    if (!Tenant.isValid(named)) {
      throw Problem.invalid("tenant", "Name the tenant whose key it is. " + Tenant.rule())
          .exception();
    }
    Tenant.enter(named);
  }

  private static RestResponse<KeyView> made(KeyView key) {
    return ResponseBuilder.<KeyView>create(RestResponse.Status.CREATED)
        .entity(key)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
