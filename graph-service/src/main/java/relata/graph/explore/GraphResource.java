package relata.graph.explore;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import relata.graph.compute.ComputeThreads;
import relata.graph.database.Database;
import relata.graph.network.Communities;
import relata.graph.network.Network;
import relata.graph.network.ShortestPath;
import relata.graph.network.Statistics;
import relata.graph.problem.ProblemException;
import relata.graph.text.ChunkKey;

/** The graph of a generation: parts of it, and what is computed on the whole. */
@Path("/internal/generations/{generation}/graph")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class GraphResource {
  private static final String LEAST = "-1";
  private static final double MAX_RESOLUTION = 100;
  private static final int ATTEMPTS = 3;

  private final Networks networks;

  /** One, because searches and commits need the processors more than who looks at a graph. */
  private final ComputeThreads thread;

  private final Evidence evidence;
  private final Database database;
  private final ExploreConfig config;

  GraphResource(Networks networks, Evidence evidence, Database database, ExploreConfig config) {
    this.networks = networks;
    this.evidence = evidence;
    this.database = database;
    this.config = config;
    this.thread =
        new ComputeThreads("graph", 1, config.maxWaiting(), "Too many wait for the graph.");
  }

  @PreDestroy
  void close() {
    thread.close();
  }

  /**
   * The most linked documents, or with {@code around} those around one; and the edges among them.
   *
   * @param top how many of the most linked documents
   * @param minSimilarity edges that are less similar are left out
   * @param depth steps from the document in the middle
   * @param nodes documents around it at most
   */
  @GET
  public GraphPart graph(
      @RestPath long generation,
      @RestQuery @DefaultValue("10") int top,
      @RestQuery @DefaultValue(LEAST) double minSimilarity,
      @RestQuery Long around,
      @RestQuery @DefaultValue("1") int depth,
      @RestQuery @DefaultValue("100") int nodes) {
    check("top", top, config.maxNodes());
    check("depth", depth, config.maxDepth());
    check("nodes", nodes, config.maxNodes());
    LoadedNetwork loaded = networks.of(generation);
    if (around == null) {
      return thread.run(() -> GraphPart.top(loaded, top, minSimilarity, config.maxEdges()));
    }
    int middle = loaded.network().node(around);
    return middle == Network.NONE
        ? GraphPart.top(loaded, 0, minSimilarity, config.maxEdges())
        : thread.run(
            () -> GraphPart.around(loaded, middle, depth, minSimilarity, nodes, config.maxEdges()));
  }

  @GET
  @Path("/statistics")
  public GraphStatistics statistics(@RestPath long generation) {
    LoadedNetwork loaded = networks.of(generation);
    return thread.run(
        () -> new GraphStatistics(generation, loaded.commit(), Statistics.of(loaded.network())));
  }

  /**
   * The largest communities, or with {@code of} that of a document.
   *
   * @param limit communities at most
   * @param members documents told of each
   * @param offset documents of the document's community that are passed over
   */
  @GET
  @Path("/communities")
  public CommunityList communities(
      @RestPath long generation,
      @RestQuery @DefaultValue("1") double resolution,
      @RestQuery @DefaultValue("20") int limit,
      @RestQuery @DefaultValue("5") int members,
      @RestQuery Long of,
      @RestQuery @DefaultValue("0") int offset) {
    if (!(resolution > 0 && resolution <= MAX_RESOLUTION)) {
      throw ProblemException.badField("resolution", "must be above 0, and at most 100");
    }
    check("limit", limit, config.maxGroups());
    check("members", members, config.maxGroups());
    if (offset < 0) {
      throw ProblemException.badField("offset", "must be from 0 up");
    }
    LoadedNetwork loaded = networks.of(generation);
    int node = of == null ? Network.NONE : loaded.network().node(of);
    return thread.run(
        () -> {
          Communities communities = Communities.of(loaded.network(), resolution);
          return node == Network.NONE
              ? CommunityList.largest(loaded, communities, of == null ? limit : 0, members)
              : CommunityList.around(loaded, communities, node, offset, members);
        });
  }

  /**
   * @param limit groups at most, and documents told of each
   */
  @GET
  @Path("/duplicates")
  public DuplicateGroups duplicates(
      @RestPath long generation,
      @RestQuery @DefaultValue("0.95") double minSimilarity,
      @RestQuery @DefaultValue("20") int limit) {
    check("limit", limit, config.maxGroups());
    LoadedNetwork loaded = networks.of(generation);
    return thread.run(() -> DuplicateGroups.of(loaded, minSimilarity, limit));
  }

  @GET
  @Path("/path")
  public GraphPath path(@RestPath long generation, @RestQuery Long from, @RestQuery Long to) {
    if (from == null || to == null) {
      throw ProblemException.badField(from == null ? "from" : "to", "must name a document");
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LoadedNetwork loaded = networks.of(generation);
      List<Integer> way = way(loaded.network(), from, to);
      List<GraphPath.Link> links =
          database.transaction(session -> GraphPath.links(session, loaded, way));
      // One less, unless edges changed between the two.
      if (way.isEmpty() || links.size() == way.size() - 1) {
        List<ChunkKey> chunks = new ArrayList<>();
        links.forEach(link -> chunks.addAll(List.of(link.from(), link.to())));
        return GraphPath.of(loaded, !way.isEmpty(), links, evidence.of(generation, chunks));
      }
    }
    throw ProblemException.unavailable("The graph changes too fast. Try again.");
  }

  private List<Integer> way(Network network, long from, long to) {
    int first = network.node(from);
    int last = network.node(to);
    return first == Network.NONE || last == Network.NONE
        ? List.of()
        : thread.run(() -> ShortestPath.between(network, first, last));
  }

  private static void check(String field, int value, int max) {
    if (value < 1 || value > max) {
      throw ProblemException.badField(field, "must be from 1 to " + max);
    }
  }
}
