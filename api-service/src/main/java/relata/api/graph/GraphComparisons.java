package relata.api.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * How graph-service compares two generations of a collection. A client of its own, for it takes as
 * long as a search must never take.
 */
@RegisterProvider(GraphTls.class)
@RegisterRestClient(configKey = "graph-comparisons")
@Path("/internal/comparisons")
public interface GraphComparisons {
  @POST
  Uni<Comparison> compare(Request request);

  /**
   * What to compare.
   *
   * @param k length of the rankings that are compared
   * @param documentIds the sample
   */
  record Request(long current, long candidate, int k, List<Long> documentIds, List<Query> queries) {
    public Request {
      documentIds = List.copyOf(documentIds);
      queries = List.copyOf(queries);
    }
  }

  /** A search text, and the documents that a good answer has. */
  record Query(String text, List<Expected> expected) {
    public Query {
      expected = List.copyOf(expected);
    }
  }

  /** A document that is expected, and how much it is worth, from 1 up. */
  record Expected(long documentId, int grade) {}

  /** How the two compare; a mean is null where nothing was counted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Comparison(
      Overlap documents, Overlap queries, Judged judged, Edges edges, List<String> notices) {
    public Comparison {
      notices = List.copyOf(notices);
    }
  }

  /** Mean share that two rankings have in common, over what was counted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Overlap(int count, Double overlap) {}

  /** Means over the queries for which documents are expected. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Judged(int count, Pair recall, Pair ndcg) {}

  /** A mean under each of the generations. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Pair(Double current, Double candidate) {}

  /** The stored edges, and the share that both have. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Edges(long current, long candidate, Double overlap) {}
}
