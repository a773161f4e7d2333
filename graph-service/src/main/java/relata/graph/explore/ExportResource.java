package relata.graph.explore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import relata.graph.problem.ProblemException;

/**
 * The whole graph of a generation, one JSON object a line ({@link ExportLine}), as fast as it is
 * taken: the thread waits while the connection is full.
 */
@Path("/internal/generations/{generation}/graph/export")
@Singleton
public final class ExportResource {
  private static final Logger LOG = Logger.getLogger(ExportResource.class);
  private static final String NDJSON = "application/x-ndjson";

  private final Networks networks;
  private final ExploreConfig config;
  private final ObjectMapper mapper;
  private final Semaphore permits;

  ExportResource(Networks networks, ExploreConfig config, ObjectMapper mapper) {
    this.networks = networks;
    this.config = config;
    this.mapper = mapper;
    this.permits = new Semaphore(config.maxExports());
  }

  @GET
  @Produces(NDJSON)
  @RunOnVirtualThread
  public StreamingOutput export(@RestPath long generation, @Context RoutingContext routing) {
    if (!permits.tryAcquire()) {
      throw ProblemException.exportsTaken(config.maxExports());
    }
    ExportConnection connection =
        ExportConnection.watched(routing, config.stalledAfter(), permits::release);
    LoadedNetwork loaded = networks.of(generation);
    connection.taken();
    return target -> write(new GraphExport(loaded, config.exportPage()), target, connection);
  }

  private void write(GraphExport export, OutputStream target, ExportConnection connection) {
    try {
      export.writeTo(
          line -> {
            target.write(mapper.writeValueAsBytes(line));
            target.write('\n');
            connection.taken();
          });
    } catch (IOException | RuntimeException broken) {
      LOG.warnf("export broke off reason=%s", broken);
      connection.cut();
    }
  }
}
