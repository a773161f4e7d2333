package relata.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/generate}: a prompt to the sentences that stand for it. */
final class GenerateEndpoint implements Endpoint {

  private final Models models;
  private final ModelSlot<ExtractiveSummary> slot;
  private final ComputePool pool;
  private final Clock clock;

  GenerateEndpoint(
      Models models, ModelSlot<ExtractiveSummary> slot, ComputePool pool, Clock clock) {
    this.models = models;
    this.slot = slot;
    this.pool = pool;
    this.clock = clock;
  }

  /** One object of Ollama's answer; the last or only one has the counts, in nanoseconds. */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Answer(
      String model,
      @JsonProperty("created_at") String createdAt,
      @JsonInclude(JsonInclude.Include.ALWAYS) String response,
      @JsonInclude(JsonInclude.Include.ALWAYS) boolean done,
      @JsonProperty("done_reason") String doneReason,
      @JsonProperty("total_duration") long totalDuration,
      @JsonProperty("load_duration") long loadDuration,
      @JsonProperty("prompt_eval_count") int promptEvalCount,
      @JsonProperty("prompt_eval_duration") long promptEvalDuration,
      @JsonProperty("eval_count") int evalCount,
      @JsonProperty("eval_duration") long evalDuration) {}

  @Override
  public Reply answer(ObjectNode body, RequestFacts facts) throws Refusal, InterruptedException {
    GenerateRequest request = GenerateRequest.of(body);
    Models.Entry<?> entry = models.find(request.model());
    facts.model(entry.description());
    if (request.unloads()) {
      entry.slot().expire();
      return Reply.ok(empty(request, "unload"));
    }
    if (!entry.description().can("completion")) {
      throw Refusal.badRequest("\"" + request.model() + "\" does not support generate");
    }
    GenerateRequest.requireSupported(body, request.model());
    try (ModelSlot<ExtractiveSummary>.Lease lease = slot.acquire(request.keepAlive())) {
      long loaded = facts.elapsedNanos();
      if (request.prompt().isEmpty()) {
        return Reply.ok(empty(request, "load"));
      }
      ExtractiveSummary.Summary summary =
          pool.each(
                  List.of(request.prompt()),
                  prompt -> lease.model().summarize(prompt, request.maxTokens()))
              .getFirst();
      facts.count("prompt_tokens", summary.promptTokens()).count("tokens", summary.tokens());
      return reply(request, summary, loaded, facts.elapsedNanos());
    }
  }

  private Reply reply(
      GenerateRequest request, ExtractiveSummary.Summary summary, long loaded, long total) {
    if (!request.stream()) {
      String text = String.join("", summary.pieces());
      return Reply.ok(last(request, text, summary, loaded, total));
    }
    List<Answer> lines = new ArrayList<>();
    summary.pieces().forEach(piece -> lines.add(piece(request, piece)));
    lines.add(last(request, "", summary, loaded, total));
    return new Reply.Lines(lines);
  }

  private Answer last(
      GenerateRequest request,
      String response,
      ExtractiveSummary.Summary summary,
      long loaded,
      long total) {
    // Choosing the sentences is all the work there is; giving them out costs nothing to speak of.
    return new Answer(
        request.model(),
        now(),
        response,
        true,
        summary.cutShort() ? "length" : "stop",
        total,
        loaded,
        summary.promptTokens(),
        total - loaded,
        summary.tokens(),
        0);
  }

  private Answer piece(GenerateRequest request, String text) {
    return new Answer(request.model(), now(), text, false, null, 0, 0, 0, 0, 0, 0);
  }

  private Answer empty(GenerateRequest request, String reason) {
    return new Answer(request.model(), now(), "", true, reason, 0, 0, 0, 0, 0, 0);
  }

  private String now() {
    return clock.instant().toString();
  }
}
