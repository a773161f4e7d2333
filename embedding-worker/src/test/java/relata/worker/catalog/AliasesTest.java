package relata.worker.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.worker.model.ModelName;

final class AliasesTest {
  private final Aliases aliases =
      new Aliases(
          new AliasConfig() {
            @Override
            public List<String> embedder() {
              return List.of("large-embedder", "small-embedder:v2");
            }

            @Override
            public List<String> describer() {
              return List.of("writer");
            }

            @Override
            public List<String> judge() {
              return List.of("writer");
            }
          });

  @Test
  void anAliasIsTheFirstCandidateThatTheServerHas() {
    assertEquals("small-embedder:v2", aliases.resolve("embedder", has("small-embedder:v2")));
    assertEquals(
        "large-embedder:latest",
        aliases.resolve("embedder", has("small-embedder:v2", "large-embedder:latest")));
  }

  @Test
  void anAliasOfWhichTheServerHasNoneIsItsFirstCandidate() {
    assertEquals("large-embedder:latest", aliases.resolve("embedder", Listing.Models.NONE));
  }

  @Test
  void whatIsNoAliasIsAModel() {
    assertEquals("some/model:q4", aliases.resolve("some/model:q4", Listing.Models.NONE));
  }

  @Test
  void namesAreComparedAsTheServerDoes() {
    assertEquals("all-minilm:latest", ModelName.full(" All-MiniLM "));
    assertEquals("all-minilm:l6-v2", ModelName.full("registry.ollama.ai/library/all-minilm:l6-v2"));
    assertEquals("host:5000/team/model:latest", ModelName.full("host:5000/team/model"));
  }

  private static Listing.Models has(String... names) {
    return new Listing.Models(
        List.of(names).stream().map(name -> new ListedModel(name, "", 0, 0)).toList());
  }
}
