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

/** Neighbours of a document, as they are stored. */
@Path("/internal/generations/{generation}/documents/{document}/neighbors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class ExploreResource {
  private final Database database;
  private final Evidence evidence;

  ExploreResource(Database database, Evidence evidence) {
    this.database = database;
    this.evidence = evidence;
  }

  /**
   * @param limit neighbours at most
   * @param withEvidence whether the chunks that are alike are told
   */
  @GET
  public Neighbors neighbors(
      @RestPath long generation,
      @RestPath long document,
      @RestQuery @DefaultValue("1000") int limit,
      @RestQuery("evidence") @DefaultValue("false") boolean withEvidence) {
    if (limit < 1) {
      throw ProblemException.badField("limit", "must be from 1 up");
    }
    Neighbors neighbors =
        database
            .transaction(session -> Neighbors.read(session, generation, document))
            .orElseThrow(() -> ProblemException.unknownGeneration(generation))
            .closest(limit);
    return withEvidence && !neighbors.neighbors().isEmpty()
        ? neighbors.with(evidence.of(generation, neighbors.chunks()))
        : neighbors;
  }
}
