package relata.system.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What is wrong with the model server, as seen through a {@link ModelProxy}. */
public sealed interface Disturbance {
  /**
   * Calls that have the marker in them are refused.
   *
   * @param retryAfter seconds of the header; empty for none
   * @param error what Ollama would say
   */
  record Refusal(String marker, int status, Optional<Integer> retryAfter, String error)
      implements Disturbance {}

  /** Calls that have the marker in them get no answer. */
  record Silence(String marker) implements Disturbance {}

  /** The model was never pulled. */
  record Missing(String model) implements Disturbance {}

  /**
   * Another model was pulled under the name.
   *
   * @param digest that the server gives for it from now on
   * @param dimension of its vectors, no more than the real one's
   */
  record Exchange(String model, String digest, int dimension) implements Disturbance {}

  /** Whether a call is answered by this and not by the model. */
  default boolean meets(String path, JsonNode call) {
    return switch (this) {
      case Refusal(String marker, _, _, _) -> call.toString().contains(marker);
      case Silence(String marker) -> call.toString().contains(marker);
      case Missing(String model) -> path.startsWith("/api/") && names(call, model);
      case Exchange _ -> false;
    };
  }

  /** Changes what the model server answered. */
  default void change(JsonNode call, JsonNode answer) {
    switch (this) {
      case Refusal _, Silence _ -> {}
      case Missing(String model) -> {
        if (answer.path("models") instanceof ArrayNode models) {
          for (int i = models.size() - 1; i >= 0; i--) {
            if (names(models.get(i), model)) {
              models.remove(i);
            }
          }
        }
      }
      case Exchange(String model, String digest, int dimension) -> {
        for (JsonNode listed : answer.path("models")) {
          if (names(listed, model)) {
            ((ObjectNode) listed).put("digest", digest);
          }
        }
        if (names(call, model)) {
          answer.path("embeddings").forEach(vector -> cut((ArrayNode) vector, dimension));
        }
      }
    }
  }

  /** With its tag or without. */
  private static boolean names(JsonNode node, String model) {
    String name = node.path("model").asText(node.path("name").asText());
    return name.equals(model) || name.startsWith(model + ":");
  }

  private static void cut(ArrayNode vector, int dimension) {
    while (vector.size() > dimension) {
      vector.remove(vector.size() - 1);
    }
  }
}
