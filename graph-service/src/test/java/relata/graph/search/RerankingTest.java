package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import relata.graph.problem.ProblemException;
import relata.graph.search.Reranker.Candidate;
import relata.graph.search.Reranker.Query;

class RerankingTest {
  private static final int LIMIT_SECONDS = 30;
  private static final Query QUERY = new Query(1, "rose");
  private static final List<Candidate> ONE = List.of(new Candidate(1, 0, List.of("T"), "rose"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Reranking with(Map<String, String> settings, Reranker... installed) {
    SearchConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SearchConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(SearchConfig.class);
    return new Reranking(List.of(installed), config, meters);
  }

  @Test
  void withoutOneNobodyMayAsk() {
    assertThrows(ProblemException.class, with(Map.of())::require);
  }

  @Test
  void theFirstOfSeveralIsAsked() {
    Reranking reranking =
        with(
            Map.of("relata.search.rerank-limit", "PT30S"),
            (query, candidates) -> List.of(1.0),
            (query, candidates) -> List.of(2.0));
    reranking.require();
    assertEquals(Optional.of(List.of(1.0)), reranking.scores(QUERY, ONE));
  }

  @Test
  void oneThatDoesNotEndKeepsItsPlaceSoThatThereAreNeverTooMany() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Reranking reranking =
        with(
            Map.of("relata.search.rerank-limit", "PT0.01S", "relata.search.rerank-at-once", "1"),
            (query, candidates) -> {
              boolean mayEnd = false;
              while (!mayEnd) {
                try {
                  mayEnd = end.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException ignored) {
                  // It does not listen.
                }
              }
              ended.countDown();
              return List.of(1.0);
            });
    assertEquals(Optional.empty(), reranking.scores(QUERY, ONE));
    assertEquals(Optional.empty(), reranking.scores(QUERY, ONE));
    assertEquals(1, meters.get("relata.search.rerank").tag("outcome", "late").timer().count());
    assertEquals(1, meters.get("relata.search.rerank").tag("outcome", "busy").timer().count());
    end.countDown();
    assertTrue(ended.await(LIMIT_SECONDS, TimeUnit.SECONDS));
  }
}
