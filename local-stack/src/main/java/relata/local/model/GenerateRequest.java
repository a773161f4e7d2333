package relata.local.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The body of {@code POST /api/generate}.
 *
 * @param prompt the text to summarise; empty only loads the model
 * @param maxTokens the most tokens to answer with, as {@code options.num_predict} asks
 */
record GenerateRequest(
    String model, String prompt, boolean stream, int maxTokens, Optional<Duration> keepAlive) {

  /** Fields that change what a language model answers and that sentence extraction cannot heed. */
  private static final List<String> UNSUPPORTED = List.of("suffix", "images", "format", "think");

  static GenerateRequest of(ObjectNode body) throws Refusal {
    RequestFields fields = new RequestFields(body);
    int wanted = fields.option("num_predict").orElse(-1);
    return new GenerateRequest(
        fields.model(),
        fields.text("prompt"),
        fields.flag("stream", true),
        wanted < 0 ? ExtractiveSummary.MAX_TOKENS : wanted,
        fields.keepAlive());
  }

  /** Whether the request asks for nothing but that the model be unloaded. */
  boolean unloads() {
    return prompt.isEmpty() && keepAlive.filter(Duration::isZero).isPresent();
  }

  /** Refuses what would otherwise be answered as if it had not been asked. */
  static void requireSupported(ObjectNode body, String model) throws Refusal {
    RequestFields fields = new RequestFields(body);
    for (String field : UNSUPPORTED) {
      if (fields.given(field)) {
        throw Refusal.badRequest("\"" + model + "\" does not support " + field);
      }
    }
  }
}
