package relata.api.deadletter;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.text.TextRule;

@Path("/v1/dead-letters")
@Tag(name = "Dead letters")
final class DeadLetterResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_CODE_LENGTH = 100;

  private final CollectionLookup collections;
  private final DeadLetterQuery letters;
  private final Replay replay;

  DeadLetterResource(CollectionLookup collections, DeadLetterQuery letters, Replay replay) {
    this.collections = collections;
    this.letters = letters;
    this.replay = replay;
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listDeadLetters",
      summary = "Documents that are not tried again by themselves, with the reason")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<DeadLetterPage> list(
      @QueryParam("collection") String collection,
      @QueryParam("code") String code,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    DeadLetterId behind = DeadLetterId.after(after);
    return filter(collection, code).chain(filter -> letters.page(filter, behind, size));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "getDeadLetter", summary = "A dead letter")
  @APIResponse(responseCode = "200", description = "The dead letter")
  public Uni<DeadLetter> get(
      @RestPath @Parameter(description = "The id that the list gives") String id) {
    return letters.one(DeadLetterId.read(id));
  }

  @POST
  @Path("/{id}/replay")
  @RolesAllowed(Scope.WRITE)
  @ResponseStatus(202)
  @Operation(
      operationId = "replayDeadLetter",
      summary = "Try a dead document again; a second time changes nothing")
  @APIResponse(
      responseCode = "202",
      description = "It is tried again",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Replayed.class)))
  public Uni<Replayed> replay(
      @RestPath @Parameter(description = "The id that the list gives") String id) {
    return replay.one(DeadLetterId.read(id));
  }

  @POST
  @Path("/replay")
  @RolesAllowed(Scope.WRITE)
  @ResponseStatus(202)
  @Operation(
      operationId = "replayDeadLetters",
      summary = "Try all dead documents again, or those of a collection or with a code")
  @APIResponse(
      responseCode = "202",
      description = "So many are tried again",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Replayed.class)))
  public Uni<Replayed> replayAll(
      @QueryParam("collection") String collection, @QueryParam("code") String code) {
    return filter(collection, code).chain(replay::all);
  }

  private Uni<DeadLetterFilter> filter(String collection, String code) {
    Optional<String> fault = code == null ? Optional.empty() : TextRule.line(code, MAX_CODE_LENGTH);
    if (fault.isPresent()) {
      throw Problem.invalid("code", fault.get()).exception();
    }
    if (collection == null) {
      return Uni.createFrom().item(new DeadLetterFilter(null, code));
    }
    return collections
        .named(collection)
        .map(FoundCollection::id)
        .map(id -> new DeadLetterFilter(id, code));
  }
}
