package relata.local.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of {@code POST /api/embed}.
 *
 * @param inputs the texts; none only loads the model
 * @param truncate whether a text beyond the context is cut, or else refused
 * @param dimensions how many components to keep, 0 for all
 * @param contextTokens the longest text in tokens, markers included; {@code options.num_ctx} can
 *     lower it and cannot raise it
 */
record EmbedRequest(
    String model,
    List<String> inputs,
    boolean truncate,
    int dimensions,
    int contextTokens,
    Optional<Duration> keepAlive) {

  /** Two markers and at least a token or two between them; Ollama has the same floor. */
  private static final int LEAST_CONTEXT = 4;

  EmbedRequest {
    inputs = List.copyOf(inputs);
  }

  static EmbedRequest of(ObjectNode body, int maxInputs) throws Refusal {
    RequestFields fields = new RequestFields(body);
    int wanted = fields.option("num_ctx").orElse(0);
    int most = MiniLm.CONTEXT_TOKENS;
    return new EmbedRequest(
        fields.model(),
        inputs(fields.value("input"), maxInputs),
        fields.flag("truncate", true),
        fields.number("dimensions").orElse(0),
        wanted <= 0 ? most : Math.clamp(wanted, LEAST_CONTEXT, most),
        fields.keepAlive());
  }

  private static List<String> inputs(JsonNode input, int maxInputs) throws Refusal {
    if (RequestFields.absent(input)) {
      return List.of();
    }
    if (input.isTextual()) {
      return input.textValue().isEmpty() ? List.of() : List.of(input.textValue());
    }
    if (!input.isArray()) {
      throw Refusal.badRequest("invalid input type");
    }
    if (input.size() > maxInputs) {
      throw Refusal.badRequest("input has more than " + maxInputs + " texts; send fewer at once");
    }
    List<String> texts = new ArrayList<>(input.size());
    for (JsonNode text : input) {
      if (!text.isTextual()) {
        throw Refusal.badRequest("invalid input type");
      }
      texts.add(text.textValue());
    }
    return texts;
  }
}
