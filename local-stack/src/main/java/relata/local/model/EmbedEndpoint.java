package relata.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code POST /api/embed}: texts to vectors. */
final class EmbedEndpoint implements Endpoint {

  private final Models models;
  private final ModelSlot<MiniLm> slot;
  private final ComputePool pool;
  private final int maxInputs;

  EmbedEndpoint(Models models, ModelSlot<MiniLm> slot, ComputePool pool, int maxInputs) {
    this.models = models;
    this.slot = slot;
    this.pool = pool;
    this.maxInputs = maxInputs;
  }

  /** Ollama's answer; durations in nanoseconds, left out together with the count if zero. */
  record Answer(
      String model,
      float[][] embeddings,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("total_duration")
          long totalDuration,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("load_duration")
          long loadDuration,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("prompt_eval_count")
          int promptEvalCount) {}

  @Override
  public Reply answer(ObjectNode body, RequestFacts facts) throws Refusal, InterruptedException {
    EmbedRequest request = EmbedRequest.of(body, maxInputs);
    Models.Entry<?> entry = models.find(request.model());
    facts.model(entry.description());
    if (!entry.description().can("embedding")) {
      throw Refusal.badRequest("this model does not support embeddings");
    }
    try (ModelSlot<MiniLm>.Lease lease = slot.acquire(request.keepAlive())) {
      long loaded = facts.elapsedNanos();
      if (request.inputs().isEmpty()) {
        return Reply.ok(new Answer(request.model(), new float[0][], 0, 0, 0));
      }
      MiniLm model = lease.model();
      List<WordPieces.Tokens> tokens = tokens(request, model.wordPieces());
      int count = tokens.stream().mapToInt(text -> text.ids().length).sum();
      facts.count("inputs", tokens.size()).count("tokens", count);
      List<float[]> vectors =
          pool.each(
              tokens, text -> Vectors.shortened(model.embed(text.ids()), request.dimensions()));
      return new Reply.Large(
          new Answer(
              request.model(),
              vectors.toArray(float[][]::new),
              facts.elapsedNanos(),
              loaded,
              count));
    }
  }

  /** Every text's tokens, before any is computed: one too long refuses them all, as in Ollama. */
  private List<WordPieces.Tokens> tokens(EmbedRequest request, WordPieces wordPieces)
      throws Refusal, InterruptedException {
    int limit = request.contextTokens();
    List<WordPieces.Tokens> tokens =
        pool.each(request.inputs(), text -> wordPieces.tokens(text, limit));
    if (!request.truncate() && tokens.stream().anyMatch(WordPieces.Tokens::cut)) {
      throw Refusal.badRequest("the input length exceeds the context length");
    }
    return tokens;
  }
}
