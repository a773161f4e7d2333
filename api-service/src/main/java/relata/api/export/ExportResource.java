package relata.api.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.connection.WatchedConnection;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/**
 * Whole graphs, from graph-service to the client as fast as the client takes them. On a virtual
 * thread: a long sequence of waits is best written as one.
 */
@Path("/v1/collections/{collection}/graph/export")
@Tag(name = "Graph")
final class ExportResource {
  private static final Logger LOG = Logger.getLogger(ExportResource.class);

  private final CollectionLookup collections;
  private final GraphSource source;
  private final NamedGraph graph;
  private final ExportConfig config;
  private final ObjectMapper mapper;
  private final MeterRegistry meters;
  private final Semaphore permits;

  ExportResource(
      CollectionLookup collections,
      GraphSource source,
      NamedGraph graph,
      ExportConfig config,
      ObjectMapper mapper,
      MeterRegistry meters) {
    this.collections = collections;
    this.source = source;
    this.graph = graph;
    this.config = config;
    this.mapper = mapper;
    this.meters = meters;
    this.permits = new Semaphore(config.maxExports());
  }

  @GET
  @RolesAllowed(Scope.READ)
  @Produces({MediaType.APPLICATION_JSON, ExportFormat.GRAPHML_TYPE})
  @RunOnVirtualThread
  @Operation(
      operationId = "exportGraph",
      summary = "The whole graph, as JSON or GraphML",
      description =
          "format is json or graphml; without it Accept decides. An export that fails midway ends"
              + " with its connection cut, never as a whole that lacks something.")
  @APIResponse(
      responseCode = "200",
      description = "Every linked document, and every edge once",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = NodeLinkGraph.class)),
        @Content(mediaType = ExportFormat.GRAPHML_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  public Response export(
      @RestPath String collection,
      @QueryParam("format") String format,
      @Context HttpHeaders headers,
      @Context RoutingContext routing) {
    ExportFormat chosen = ExportFormat.of(format, headers.getAcceptableMediaTypes());
    if (!permits.tryAcquire()) {
      count("refused");
      throw Problem.unavailable(
              ProblemType.EXPORTS_TAKEN,
              "%d exports are running already.".formatted(config.maxExports()),
              config.retryAfter())
          .exception();
    }
    AtomicReference<GraphStream> open = new AtomicReference<>();
    WatchedConnection client =
        WatchedConnection.watched(routing, config.stalledAfter(), () -> end(open.get()));
    FoundCollection found = collections.named(collection).await().atMost(config.namesTimeout());
    GraphStream stream = source.open(found.generation());
    open.set(stream);
    if (client.isOver()) {
      // It left meanwhile, and nothing was open then that could be closed.
      close(stream);
    }
    client.sent();
    StreamingOutput output = target -> send(found, stream, writer(chosen, target), client);
    return Response.ok(output).type(chosen.type()).build();
  }

  private GraphWriter writer(ExportFormat format, OutputStream target) throws IOException {
    return switch (format) {
      case JSON -> new NodeLinkWriter(target, mapper);
      case GRAPHML -> new GraphMlWriter(target);
    };
  }

  private void send(
      FoundCollection collection,
      GraphStream stream,
      GraphWriter writer,
      WatchedConnection client) {
    try (stream) {
      graph.write(collection, stream, writer, client::sent);
      count("sent");
    } catch (IOException | RuntimeException broken) {
      LOG.warnf("export broke off collection=%d cause=%s", collection.id(), broken);
      count("broken");
      client.cut();
    }
  }

  private void end(GraphStream open) {
    permits.release();
    if (open != null) {
      close(open);
    }
  }

  private static void close(GraphStream open) {
    try {
      open.close();
    } catch (IOException gone) {
      LOG.debugf("closing an export failed cause=%s", gone);
    }
  }

  private void count(String outcome) {
    meters.counter("relata.export.graphs", "outcome", outcome).increment();
  }
}
