package relata.graph.explore;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import relata.graph.database.Database;
import relata.graph.problem.ProblemException;

/** Neighbours of a document and the shape of a generation, as they are stored. */
@Path("/internal/generations/{generation}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class ExploreResource {
  private final Database database;
  private final ExploreConfig config;

  ExploreResource(Database database, ExploreConfig config) {
    this.database = database;
    this.config = config;
  }

  @GET
  @Path("/documents/{document}/neighbors")
  public Neighbors neighbors(@RestPath long generation, @RestPath long document) {
    return database
        .transaction(session -> Neighbors.read(session, generation, document))
        .orElseThrow(() -> ProblemException.unknownGeneration(generation));
  }

  /**
   * @param top how many of the most linked documents
   */
  @GET
  @Path("/graph")
  public TopGraph graph(@RestPath long generation, @RestQuery @DefaultValue("10") int top) {
    if (top < 1 || top > config.maxTop()) {
      throw ProblemException.badField("top", "must be from 1 to " + config.maxTop());
    }
    return database
        .transaction(session -> TopGraph.read(session, generation, top, config.maxEdges()))
        .orElseThrow(() -> ProblemException.unknownGeneration(generation));
  }
}
