package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static relata.local.testing.Patiently.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.graph.generation.GenerationIndex;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.QueryWorker;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;
import relata.local.testing.Patiently;

/** Reads scale with replicas: whichever is asked, the answer is the same. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ReplicasAgreeIT {
  private static final List<String> WORDS =
      List.of("garden", "planting", "roses", "compost", "harvest", "soil", "water");

  @Inject Search search;
  @Inject ObjectMapper mapper;
  @Inject SearchConfig config;

  private final Random random = new Random(7);

  @Test
  void atEqualPositionsTheyGiveEqualAnswers() throws Exception {
    try (Replicas replicas = new Replicas();
        Connection nats =
            Patiently.connect(
                ConfigProvider.getConfig().getValue("RELATA_NATS_URL", String.class))) {
      FeatureEvents.createStream(replicas.nats());
      QueryWorker.start(nats, query -> QueryWorker.vector(1, 0.5f, -0.25f, 0.125f));
      Fixture.Generation generation = replicas.fixture().generation(0.4, 5);
      // One takes events in bunches, the other in ones: they never hold the same in between.
      Replica one = replicas.start();
      Replica other = replicas.start(Map.of("relata.feed.max-messages", "1"));
      GenerationIndex first = index(one, generation);
      GenerationIndex second = index(other, generation);
      replicas.awaitAllListening();
      for (int round = 0; round < 10; round++) {
        replicas.publish(generation, change(replicas.fixture(), generation, round));
      }
      awaitEqualPositions(replicas);
      replicas.awaitRightGraph(generation);
      // What is marked as removed still counts among the words until the next sweep.
      one.sweep().run();
      other.sweep().run();

      for (SearchMode mode : SearchMode.values()) {
        for (String text : List.of("roses", "garden soil", "compost for roses and water")) {
          SearchResponse page = assertEqualAnswers(first, second, question(text, mode, null));
          assertFalse(page.hits().isEmpty(), mode + " " + text);
          while (page.next() != null) {
            page = assertEqualAnswers(first, second, question(text, mode, page.next()));
          }
        }
      }
    }
  }

  /** Also to the next page of what the other one gave. */
  private SearchResponse assertEqualAnswers(
      GenerationIndex first, GenerationIndex second, SearchRequest.Checked question)
      throws Exception {
    SearchResponse answer = search.run(first, question);
    assertEquals(
        mapper.writeValueAsString(answer), mapper.writeValueAsString(search.run(second, question)));
    return answer;
  }

  private SearchRequest.Checked question(String text, SearchMode mode, String after) {
    return new SearchRequest(
            text, null, mode.json(), 20, null, null, null, false, null, false, null, after)
        .checked(config);
  }

  private Set<Long> change(Fixture fixture, Fixture.Generation generation, int round)
      throws Exception {
    Set<Long> changed = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      long documentId = 1 + random.nextInt(60);
      // Once a round: one version of a document never has two vectors.
      if (!changed.add(documentId)) {
        continue;
      }
      if (random.nextInt(6) == 0) {
        fixture.erase(generation, documentId);
      } else {
        store(fixture, generation, documentId, 1 + round);
      }
    }
    return changed;
  }

  private void store(Fixture fixture, Fixture.Generation generation, long documentId, long version)
      throws Exception {
    float[][] vectors = new float[1 + random.nextInt(3)][4];
    List<String> texts = new ArrayList<>();
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = random.nextFloat() - 0.5f;
      }
      texts.add("About %s and %s".formatted(any(), any()));
    }
    fixture.store(generation, documentId, version, "The " + any(), texts, vectors);
  }

  private String any() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static GenerationIndex index(Replica replica, Fixture.Generation generation) {
    return replica.generations().find(generation.id()).orElseThrow();
  }

  /** Each has dealt with all events up to the last of the stream. */
  private static void awaitEqualPositions(Replicas replicas) {
    await()
        .atMost(Replicas.LIMIT)
        .untilAsserted(
            () -> {
              var management = replicas.nats().jetStreamManagement();
              long last =
                  management.getStreamInfo(Streams.FEATURES).getStreamState().getLastSequence();
              for (ConsumerInfo consumer : management.getConsumers(Streams.FEATURES)) {
                assertEquals(last, consumer.getAckFloor().getStreamSequence(), consumer.getName());
              }
            });
  }
}
