package relata.graph.search;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;

/** Searches while nobody can say what a text means. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class MeaningAwayIT extends ThreeDocuments {
  @Test
  void withoutAWorkerHybridGoesByWordsAndSaysSo() {
    search(Map.of("text", "bicycle chain"))
        .statusCode(200)
        .body("mode", equalTo("hybrid"))
        .body("semanticAvailable", equalTo(false))
        .body(
            "notice",
            equalTo(
                "No embedding-worker answers; is one running? These results are by words alone."))
        .body("hits.documentId", equalTo(List.of(2)));
  }

  @Test
  void withoutAWorkerSemanticIsUnavailable() {
    search(Map.of("text", "bicycle", "mode", "semantic"))
        .statusCode(503)
        .contentType("application/problem+json")
        .body("status", equalTo(503))
        .body("detail", containsString("No embedding-worker answers"));
  }

  @Test
  void aRefusedTextIsToldAndSearchedByWords() throws Exception {
    QueryWorker.start(
        documents.nats(),
        query ->
            QueryWorker.failure(
                EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED,
                "The text is too long for the model."));
    search(Map.of("text", "tomato", "mode", "semantic"))
        .statusCode(422)
        .body("detail", equalTo("The text is too long for the model."));
    search(Map.of("text", "tomato"))
        .statusCode(200)
        .body("semanticAvailable", equalTo(false))
        .body("notice", containsString("too long"))
        .body("hits.documentId", equalTo(List.of(1, 3)));
  }

  @Test
  void aReplyThatMakesNoSenseIsAsGoodAsNone() throws Exception {
    QueryWorker.start(
        documents.nats(),
        query ->
            EmbedQueryReply.newBuilder()
                .setVector(Vector.newBuilder().setDimension(3).setValues(ByteString.EMPTY))
                .build());
    search(Map.of("text", "tomato")).statusCode(200).body("semanticAvailable", equalTo(false));
    search(Map.of("text", "tomato", "mode", "semantic")).statusCode(503);
  }

  @Test
  void whyTheModelIsAwayIsTold() throws Exception {
    QueryWorker.start(
        documents.nats(),
        query ->
            QueryWorker.failure(
                EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
                "Model m cannot embed"));
    search(Map.of("text", "tomato", "mode", "semantic"))
        .statusCode(503)
        .body("type", equalTo("urn:relata:problem:model-away"))
        .body("detail", equalTo("Model m cannot embed."));
  }

  /** For longer than the client of NATS waits by itself, which says then that nobody is there. */
  @Test
  void aWorkerThatIsTooSlowIsNotWaitedForAndNotTakenForNone() throws Exception {
    var unused =
        documents
            .nats()
            .createDispatcher(message -> {})
            .subscribe(Subjects.EMBED_QUERY, Subjects.EMBED_QUERY_QUEUE);
    documents.nats().flush(Duration.ofSeconds(20));
    search(Map.of("text", "tomato"))
        .statusCode(200)
        .body("notice", containsString("did not answer in time"))
        .body("hits.documentId", equalTo(List.of(1, 3)));
  }
}
