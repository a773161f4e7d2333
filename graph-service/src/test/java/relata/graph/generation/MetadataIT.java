package relata.graph.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.testing.Fixture;
import relata.graph.text.ChunkFilter;
import relata.graph.text.ChunkSet;
import relata.graph.text.Condition;
import relata.graph.text.Value;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class MetadataIT {
  @Inject Generations generations;
  @Inject Database database;

  @Test
  void metadataIsLoadedWithTheFeaturesOfEveryChunk() throws Exception {
    try (Fixture fixture = new Fixture()) {
      Fixture.Generation generation = fixture.generation(0.5, 3);
      fixture.metadata(generation, 1, "{\"lang\":\"en\"}");
      fixture.store(generation, 1, 1, new float[] {1, 0}, new float[] {0, 1});
      fixture.store(generation, 2, 1, new float[] {1, 0});
      GenerationIndex index = generations.find(generation.id()).orElseThrow();
      assertEquals(2, passing(index, "en").size());
      assertTrue(passing(index, "en").test(1, 1));

      fixture.metadata(generation, 1, "{\"lang\":\"de\"}");
      fixture.store(generation, 1, 2, new float[] {1, 0}, new float[] {0, 1});
      database.transaction(session -> index.refresh(session, List.of(1L)));
      assertEquals(0, passing(index, "en").size());
      assertEquals(2, passing(index, "de").size());
    }
  }

  private static ChunkSet passing(GenerationIndex index, String lang) {
    Condition condition = new Condition.AnyOf("lang", List.of(new Value.Text(lang)));
    return index.text().passing(new ChunkFilter(Set.of(), List.of(condition)));
  }
}
