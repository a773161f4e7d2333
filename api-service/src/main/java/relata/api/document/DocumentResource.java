package relata.api.document;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import relata.api.access.Scope;
import relata.api.document.Content.Check;
import relata.api.once.OnceKey;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;

@Path("/v1/collections")
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "Documents")
final class DocumentResource {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final DocumentStore store;
  private final DocumentListing listing;

  DocumentResource(DocumentStore store, DocumentListing listing) {
    this.store = store;
    this.listing = listing;
  }

  @PUT
  @Path("/{collection}/documents/{id}")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "putDocument",
      summary = "Create or update a document; the same content again changes nothing")
  @APIResponse(responseCode = "200", description = "Updated, or unchanged; see outcome")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @org.eclipse.microprofile.openapi.annotations.media.Content(
              mediaType = "application/json",
              schema = @Schema(implementation = DocumentView.class)))
  public Uni<RestResponse<DocumentView>> put(
      @RestPath String collection,
      @RestPath @Parameter(description = "Any text of 1 to 512 characters, URL-encoded") String id,
      @RestHeader(HttpHeaders.IF_MATCH) String ifMatch,
      @RestHeader(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch,
      @RestHeader(OnceKey.HEADER) String key,
      DocumentBody document) {
    Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
    Content content = content(document);
    String hash = HexFormat.of().formatHex(content.hash());
    Optional<OnceKey> once =
        OnceKey.of(key, "PUT document", collection, id, ifMatch, ifNoneMatch, hash);
    return store
        .put(collection, ExternalId.checked(id), content, precondition, once)
        .map(DocumentResource::written);
  }

  @GET
  @Path("/{collection}/documents/{id}")
  @RolesAllowed(Scope.READ)
  @Operation(operationId = "getDocument", summary = "A document")
  @APIResponse(responseCode = "200", description = "The document")
  @APIResponse(responseCode = "304", description = "If-None-Match has its current tag")
  public Uni<RestResponse<DocumentView>> get(
      @RestPath String collection,
      @RestPath String id,
      @RestHeader(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
    List<Tag> held = ifNoneMatch == null ? List.of() : Precondition.tags(ifNoneMatch);
    return store.get(collection, ExternalId.checked(id)).map(document -> read(document, held));
  }

  @DELETE
  @Path("/{collection}/documents/{id}")
  @RolesAllowed(Scope.WRITE)
  @Operation(
      operationId = "deleteDocument",
      summary = "Delete a document with all that was derived from it")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Void> delete(
      @RestPath String collection,
      @RestPath String id,
      @RestHeader(HttpHeaders.IF_MATCH) String ifMatch,
      @RestHeader(OnceKey.HEADER) String key) {
    Optional<OnceKey> once = OnceKey.of(key, "DELETE document", collection, id, ifMatch);
    return store.delete(collection, ExternalId.checked(id), Precondition.of(ifMatch, null), once);
  }

  @GET
  @Path("/{collection}/documents")
  @RolesAllowed(Scope.READ)
  @Operation(
      operationId = "listDocuments",
      summary = "List documents by id, with the state of their features")
  @APIResponse(responseCode = "200", description = "A page; its next goes into after")
  public Uni<DocumentListing.Page> list(
      @RestPath String collection,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int size = Parameters.integer("limit", limit, PAGE, 1, MAX_PAGE);
    return listing.page(collection, Cursor.read(after), size);
  }

  private static Content content(DocumentBody document) {
    if (document == null) {
      throw Problem.invalid(null, "Send a JSON object with a title.").exception();
    }
    Check check =
        Content.check(document.title(), document.body(), document.format(), document.metadata());
    return switch (check) {
      case Check.Accepted accepted -> accepted.content();
      case Check.Refused refused -> throw Problem.invalid(refused.errors()).exception();
    };
  }

  private static RestResponse<DocumentView> written(DocumentView document) {
    Status status = document.outcome() == DocumentView.Outcome.CREATED ? Status.CREATED : Status.OK;
    return tagged(status, document).entity(document).build();
  }

  private static RestResponse<DocumentView> read(DocumentView document, List<Tag> held) {
    // A read compares weakly (RFC 9110, 13.1.2); a change does not.
    boolean isHeld =
        held.stream().map(Tag::strong).anyMatch(tag -> tag.equals(document.tag()) || tag.isAny());
    return isHeld
        ? tagged(Status.NOT_MODIFIED, document).build()
        : tagged(Status.OK, document).entity(document).build();
  }

  private static RestResponse.ResponseBuilder<DocumentView> tagged(
      Status status, DocumentView document) {
    return RestResponse.ResponseBuilder.<DocumentView>create(status.getStatusCode())
        .header(HttpHeaders.ETAG, document.tag().text());
  }
}
