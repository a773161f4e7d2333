package relata.api.prompt;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.recipe.PromptName;

@Path("/v1/prompts")
@Tag(name = "Prompts")
final class PromptResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final PromptStore store;

  PromptResource(PromptStore store) {
    this.store = store;
  }

  @POST
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "createPrompt",
      summary = "Keep a prompt for ever; the same again changes nothing")
  @APIResponse(responseCode = "200", description = "Kept already, with the same text")
  @APIResponse(
      responseCode = "201",
      description = "Kept",
      content =
          @Content(mediaType = "application/json", schema = @Schema(implementation = Prompt.class)))
  @APIResponse(responseCode = "409", description = "The name has another text; choose a new name")
  public Uni<RestResponse<Prompt>> keep(NewPrompt wanted) {
    if (wanted == null) {
      throw Problem.invalid(null, "Send a JSON object with a name and a template.").exception();
    }
    NewPrompt checked = wanted.checked();
    return store
        .keep(checked.name(), checked.template())
        .map(kept -> answer(kept, checked.template()));
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listPrompts",
      summary = "List the prompts by name, those built in among them")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<PromptStore.Page> list(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    if (after != null && PromptName.checked(after).isEmpty()) {
      throw Problem.invalid("after", "Must be the 'next' of a page.").exception();
    }
    return store.page(after == null ? "" : after, size);
  }

  @GET
  @Path("/{name}")
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "getPrompt", summary = "A prompt with its text")
  @APIResponse(responseCode = "200", description = "The prompt")
  public Uni<Prompt> get(@RestPath @Parameter(description = "The prompt's name") String name) {
    return PromptName.checked(name)
        .map(store::find)
        .orElseThrow(() -> unknown("There is no such prompt.").exception())
        .map(
            found ->
                found.orElseThrow(
                    () -> unknown("There is no prompt '%s'.".formatted(name)).exception()));
  }

  private static RestResponse<Prompt> answer(PromptStore.Kept kept, String template) {
    return switch (kept) {
      case PromptStore.Kept.Created(Prompt prompt) ->
          RestResponse.ResponseBuilder.<Prompt>created(URI.create("/v1/prompts/" + prompt.name()))
              .entity(prompt)
              .build();
      case PromptStore.Kept.Present(Prompt prompt) when prompt.template().equals(template) ->
          RestResponse.ok(prompt);
      case PromptStore.Kept.Present(Prompt prompt) ->
          throw Problem.of(ProblemType.NAME_TAKEN, taken(prompt)).exception();
    };
  }

  private static String taken(Prompt prompt) {
    return ("The prompt '%s' is %s and has another text. Prompts never change: choose a new name.")
        .formatted(prompt.name(), prompt.builtIn() ? "built in" : "kept already");
  }

  private static Problem unknown(String detail) {
    return Problem.of(ProblemType.UNKNOWN_PROMPT, detail);
  }
}
