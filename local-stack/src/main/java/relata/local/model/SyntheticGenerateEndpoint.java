package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;

/** {@code POST /api/generate} without a model: a sentence that differs with the prompt. */
final class SyntheticGenerateEndpoint implements Endpoint {

  private final Models models;
  private final ModelSlot<Object> slot;
  private final SyntheticCalls calls;
  private final Clock clock;

  SyntheticGenerateEndpoint(
      Models models, ModelSlot<Object> slot, SyntheticCalls calls, Clock clock) {
    this.models = models;
    this.slot = slot;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public Reply answer(ObjectNode body, RequestFacts facts) throws Refusal, InterruptedException {
    GenerateRequest request = GenerateRequest.of(body);
    Models.Entry<?> entry = models.find(request.model());
    if (request.unloads()) {
      entry.slot().expire();
      return reply(request, "", "unload");
    }
    if (!entry.description().can("completion")) {
      throw Refusal.badRequest("\"" + request.model() + "\" does not support generate");
    }
    try (ModelSlot<Object>.Lease _ = slot.acquire(request.keepAlive())) {
      if (request.prompt().isEmpty()) {
        return reply(request, "", "load");
      }
      long number = SyntheticVectors.hash(request.prompt());
      return calls.answer(
          List.of(request.prompt()),
          facts,
          () -> reply(request, "A document with the number " + Long.toHexString(number), "stop"));
    }
  }

  /** One object, also for a client that asked for a stream: it is then the last one of it. */
  private Reply reply(GenerateRequest request, String text, String reason) {
    return Reply.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("model", request.model())
            .put("created_at", clock.instant().toString())
            .put("response", text)
            .put("done", true)
            .put("done_reason", reason)
            .put("prompt_eval_count", 1 + request.prompt().length() / 4)
            .put("eval_count", text.isEmpty() ? 0 : 1 + text.length() / 4));
  }
}
