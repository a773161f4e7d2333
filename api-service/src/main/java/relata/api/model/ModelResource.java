package relata.api.model;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

@Path("/v1/models")
@Tag(name = "Models")
final class ModelResource {
  private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final ModelsGateway gateway;
  private final Aliases aliases;

  ModelResource(ModelsGateway gateway, Aliases aliases) {
    this.gateway = gateway;
    this.aliases = aliases;
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listModels",
      summary = "The models: which are loaded, how fast they are, what waits for them")
  @APIResponse(responseCode = "200", description = "As one embedding-worker sees them")
  public Uni<ModelsView> get() {
    return gateway.status().map(this::view);
  }

  @POST
  @Path("/{profile}/activate")
  @RolesAllowed(Scope.OPERATOR)
  @ResponseStatus(202)
  @Operation(
      operationId = "activateProfile",
      summary = "Begin to load a profile's models, and to unload those of other profiles")
  @APIResponse(
      responseCode = "202",
      description = "Begun; the profile's state tells how it goes",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ModelsView.class)))
  public Uni<ModelsView> activate(@RestPath String profile) {
    return gateway.activate(checked(profile)).map(this::view);
  }

  @POST
  @Path("/{profile}/deactivate")
  @RolesAllowed(Scope.OPERATOR)
  @ResponseStatus(202)
  @Operation(
      operationId = "deactivateProfile",
      summary = "Begin to unload a profile's models; pinned ones stay")
  @APIResponse(
      responseCode = "202",
      description = "Begun; the profile's state tells how it goes",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ModelsView.class)))
  public Uni<ModelsView> deactivate(@RestPath String profile) {
    return gateway.deactivate(checked(profile)).map(this::view);
  }

  private static String checked(String profile) {
    if (!PROFILE.matcher(profile).matches()) {
      throw Problem.of(ProblemType.UNKNOWN_PROFILE, "Profiles are named by " + PROFILE + ".")
          .exception();
    }
    return profile;
  }

  private ModelsView view(Models models) {
    return ModelsView.of(models, aliases.candidates());
  }
}
