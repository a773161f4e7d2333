package relata.api.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * What graph-service answers, by its own ids. Fields that are new there are ignored here, so that
 * it can be deployed first.
 */
@RegisterProvider(GraphTls.class)
@RegisterRestClient(configKey = "graph-service")
@Path("/internal/generations/{generation}")
public interface GraphService {
  @GET
  @Path("/documents/{document}/neighbors")
  Uni<Neighbors> neighbors(
      @RestPath long generation,
      @RestPath long document,
      @RestQuery int limit,
      @RestQuery boolean evidence);

  @POST
  @Path("/search")
  Uni<Found> search(@RestPath long generation, Search search);

  @GET
  @Path("/graph")
  Uni<GraphAnswers.Part> graph(
      @RestPath long generation, @RestQuery int top, @RestQuery double minSimilarity);

  @GET
  @Path("/graph")
  Uni<GraphAnswers.Part> around(
      @RestPath long generation,
      @RestQuery long around,
      @RestQuery int depth,
      @RestQuery int nodes,
      @RestQuery double minSimilarity);

  @GET
  @Path("/graph/statistics")
  Uni<GraphAnswers.WithStatistics> statistics(@RestPath long generation);

  @GET
  @Path("/graph/communities")
  Uni<GraphAnswers.Communities> communities(
      @RestPath long generation,
      @RestQuery double resolution,
      @RestQuery int limit,
      @RestQuery int members);

  @GET
  @Path("/graph/communities")
  Uni<GraphAnswers.Communities> community(
      @RestPath long generation,
      @RestQuery double resolution,
      @RestQuery long of,
      @RestQuery int members,
      @RestQuery int offset);

  @GET
  @Path("/graph/duplicates")
  Uni<GraphAnswers.Duplicates> duplicates(
      @RestPath long generation, @RestQuery double minSimilarity, @RestQuery int limit);

  @GET
  @Path("/graph/path")
  Uni<GraphAnswers.Path> path(@RestPath long generation, @RestQuery long from, @RestQuery long to);

  @GET
  @Path("/index")
  Uni<GraphIndex> index(@RestPath long generation);

  @POST
  @Path("/index/tune")
  Uni<GraphIndex.Run> tune(@RestPath long generation, GraphIndex.Tune request);

  @POST
  @Path("/index/undo")
  Uni<GraphIndex> undo(@RestPath long generation);

  @GET
  @Path("/index/trials")
  Uni<GraphIndex.TrialPage> trials(
      @RestPath long generation, @RestQuery int limit, @RestQuery String after);

  @GET
  @Path("/index/runs/{run}/replay")
  Uni<GraphIndex.Replay> replay(@RestPath long generation, @RestPath long run);

  /**
   * A neighbour list.
   *
   * @param version version of the document that it was made from; null if there is none yet
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Neighbors(long documentId, Long version, List<Neighbor> neighbors) {
    public Neighbors {
      neighbors = List.copyOf(neighbors);
    }
  }

  /** A neighbour, and which two chunks are that similar. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Neighbor(
      long documentId, double similarity, int chunk, int neighborChunk, Evidence evidence) {}

  /** The two chunks of an edge; null where one was changed meanwhile. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "Evidence")
  record Evidence(Chunk chunk, Chunk neighborChunk) {}

  /**
   * A question.
   *
   * @param text the words; null if others like a document are asked for
   * @param like the document; null if there are words
   * @param mode {@code hybrid}, {@code semantic} or {@code lexical}
   * @param limit most hits, from 1 up
   * @param filter as the client sent it; null for none
   * @param weights as the client sent them; null if both rankings count alike
   * @param highlights pieces of each hit's text to show, from 1 up; null for none
   * @param explain true if hits are to say what their scores were made from, else null
   * @param depth how many documents a ranking goes down to; null for graph-service's default
   * @param rerank true if a re-ranker is to have a second look, else null
   * @param diversity from 0 to 1; null for none
   * @param after the {@code next} of a page; null for the first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Search(
      String text,
      Long like,
      String mode,
      int limit,
      Map<String, Object> filter,
      Weights weights,
      Integer highlights,
      Boolean explain,
      Integer depth,
      Boolean rerank,
      Double diversity,
      String after) {}

  /** How much each ranking counts in a hybrid search; one that is null counts 1. */
  @Schema(name = "SearchWeights")
  record Weights(
      @Schema(minimum = "0", maximum = "100", defaultValue = "1") Double semantic,
      @Schema(minimum = "0", maximum = "100", defaultValue = "1") Double lexical) {}

  /**
   * The answer to a question.
   *
   * @param semanticAvailable false if the hits were found by words alone because the model is away;
   *     null if the mode is lexical, which asks for words alone
   * @param notice one sentence for the user; null if there is nothing to say
   * @param reranked whether a re-ranker had a look; null if nobody asked for that, or there was
   *     nothing to look at
   * @param next what brings the next page; null if this is the last
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Found(
      String mode,
      Boolean semanticAvailable,
      String notice,
      Boolean reranked,
      List<Hit> hits,
      String next) {
    public Found {
      hits = List.copyOf(hits);
    }
  }

  /** A document that was found; a score is null if it was not found that way. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Hit(
      long documentId,
      double score,
      Double semanticScore,
      Double lexicalScore,
      Double rerankScore,
      Chunk chunk,
      List<Highlight> highlights,
      Explanation explanation) {}

  /**
   * A piece of a hit, in plain text: nothing in it is marked up or escaped. All offsets count
   * UTF-16 code units.
   *
   * @param heading place in the chunk's headingPath of what it is a piece of; null for its text
   * @param start where it begins in that
   * @param matches where in the piece words of the query stand, in their order; empty if none does
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchHighlight")
  record Highlight(Integer heading, int start, String text, List<Span> matches) {
    public Highlight {
      matches = List.copyOf(matches);
    }
  }

  /** From the first UTF-16 code unit to behind the last. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchMatch")
  record Span(int start, int end) {}

  /**
   * How a hit came to its place: where it stands in either ranking, and how its best chunk came to
   * its BM25; null where it has none.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchExplanation")
  record Explanation(Place semantic, Place lexical, ScorePart words) {}

  /** A place in a ranking, from 1 up, and what it adds to a hybrid score: weight / (20 + rank). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "SearchPlace")
  record Place(int rank, double weight, double share) {}

  /** A part of a score, in the words of the engine, and what it was made from. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "ScorePart")
  record ScorePart(String what, double value, List<ScorePart> parts) {
    public ScorePart {
      parts = List.copyOf(parts);
    }
  }

  /** The best chunk of a hit. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "FoundChunk")
  record Chunk(
      int ordinal,
      @Schema(
              enumeration = {
                "title",
                "description",
                "paragraph",
                "list",
                "heading",
                "table",
                "code"
              })
          String kind,
      List<String> headingPath,
      String text) {
    public Chunk {
      headingPath = List.copyOf(headingPath);
    }
  }
}
