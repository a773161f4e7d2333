package relata.api.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What graph-service says of a generation's graph, by its own ids. */
interface GraphAnswers {
  /** Some documents and the edges among them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Part(
      long commit,
      long nodeCount,
      long edgeCount,
      List<Node> nodes,
      List<Edge> edges,
      long nodesOmitted,
      long edgesOmitted) {
    public Part {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }

  /** A document, the number of its edges, and how far it is from the one in the middle. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Node(long documentId, long degree, Integer steps) {}

  /** An unordered pair. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Edge(long lowId, long highId, double similarity) {}

  /** Figures of the whole graph. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record WithStatistics(long commit, Statistics statistics) {}

  /**
   * Figures of the whole graph.
   *
   * @param nodes documents that are linked in some version
   * @param density edges by those that are possible
   * @param isolatedNodes documents without an edge
   * @param componentCount groups of documents between which there is no edge
   * @param components sizes of the largest, at most ten
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "GraphFigures")
  record Statistics(
      int nodes,
      int edges,
      double density,
      int isolatedNodes,
      Degrees degrees,
      int componentCount,
      List<Integer> components) {
    public Statistics {
      components = List.copyOf(components);
    }
  }

  /** How many edges documents have; of ten documents nine have no more than p90. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Degrees(int min, int median, int p90, int p99, int max, double mean) {}

  /** The largest communities, or that of a document. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Communities(
      long commit,
      int count,
      double modularity,
      List<Community> communities,
      int communitiesOmitted) {
    public Communities {
      communities = List.copyOf(communities);
    }
  }

  /** A community with some of its documents, the most central first. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Community(int size, int edges, List<Member> members) {
    public Community {
      members = List.copyOf(members);
    }
  }

  /** A document, and the sum of the similarities of its edges within its community. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Member(long documentId, double strength) {}

  /** Groups of documents that are nearly the same. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Duplicates(long commit, List<Group> groups, int groupsOmitted) {
    public Duplicates {
      groups = List.copyOf(groups);
    }
  }

  /** One group; of a large one not all documents are told. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Group(int size, List<Long> documentIds) {
    public Group {
      documentIds = List.copyOf(documentIds);
    }
  }

  /** A way between two documents. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Path(long commit, boolean connected, List<Step> steps) {
    public Path {
      steps = List.copyOf(steps);
    }
  }

  /** One edge of a way; a chunk is null if it was changed meanwhile. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Step(
      long fromId,
      long toId,
      double similarity,
      GraphService.Chunk chunk,
      GraphService.Chunk toChunk) {}
}
