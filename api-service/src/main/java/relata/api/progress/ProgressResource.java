package relata.api.progress;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.status.CollectionStatus;
import relata.api.tenant.Tenant;

/**
 * Streams of events. They begin on a virtual thread, which may wait for the lookup: once a stream
 * is returned its answer is 200, and a collection that is not there could no longer be told.
 */
@Path("/v1/collections")
@Tag(name = "Status")
final class ProgressResource {
  private final CollectionLookup collections;
  private final ProgressWatcher watcher;
  private final ProgressConfig config;
  private final Sse sse;

  ProgressResource(
      CollectionLookup collections,
      ProgressWatcher watcher,
      ProgressConfig config,
      @Context Sse sse) {
    this.config = config;
    this.collections = collections;
    this.watcher = watcher;
    this.sse = sse;
  }

  @GET
  @Path("/{collection}/events")
  @RolesAllowed(Scope.READ)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Blocking
  @RunOnVirtualThread
  @Operation(
      operationId = "watchStatus",
      summary = "The status at once and whenever it changes, as server-sent events")
  @APIResponse(
      responseCode = "200",
      description =
          "Events named status, with the status as data and the time in milliseconds as id; one"
              + " named deleted is the last",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CollectionStatus.class)))
  public Multi<OutboundSseEvent> events(
      @RestPath String collection, @Context HttpServerRequest request) {
    FoundCollection found = collections.named(collection).await().atMost(config.lookLimit());
    return watcher
        .listen(Tenant.current(), found, () -> request.connection().close())
        .map(this::event);
  }

  private OutboundSseEvent event(ProgressEvent event) {
    return switch (event) {
      case ProgressEvent.Status(long lookedAt, String json) ->
          sse.newEventBuilder().name("status").id(String.valueOf(lookedAt)).data(json).build();
      case ProgressEvent.Heartbeat _ -> sse.newEventBuilder().comment("nothing new").build();
      case ProgressEvent.Deleted _ -> sse.newEventBuilder().name("deleted").data("{}").build();
    };
  }
}
