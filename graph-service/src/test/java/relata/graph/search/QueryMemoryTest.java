package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryMemoryTest {
  private static final QueryVector.Found VECTOR = new QueryVector.Found(new float[] {1, 0});

  private static QueryMemory of(int texts) {
    return new QueryMemory(
        new SmallRyeConfigBuilder()
            .withMapping(SearchConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("relata.search.remembered", "" + texts), "test", 100))
            .build()
            .getConfigMapping(SearchConfig.class));
  }

  @Test
  void beyondItsBoundItForgetsWhatWasNotAskedForLongest() {
    QueryMemory memory = of(2);
    memory.keep(1, "rose", VECTOR);
    memory.keep(1, "pump", VECTOR);
    assertSame(VECTOR, memory.find(1, "rose").orElseThrow());
    memory.keep(1, "kiln", VECTOR);
    assertEquals(Optional.empty(), memory.find(1, "pump"));
    assertSame(VECTOR, memory.find(1, "rose").orElseThrow());
    assertSame(VECTOR, memory.find(1, "kiln").orElseThrow());
  }

  @Test
  void aTextHasAVectorOfItsOwnInEachGeneration() {
    QueryMemory memory = of(2);
    memory.keep(1, "rose", VECTOR);
    assertEquals(Optional.empty(), memory.find(2, "rose"));
  }

  @Test
  void withNoRoomItRemembersNothing() {
    QueryMemory memory = of(0);
    memory.keep(1, "rose", VECTOR);
    assertEquals(Optional.empty(), memory.find(1, "rose"));
  }
}
