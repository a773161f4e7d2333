package relata.local.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code POST /api/embed} without a model. */
final class SyntheticEmbedEndpoint implements Endpoint {

  private static final int MAX_INPUTS = 4_096;

  private final Models models;
  private final ModelSlot<SyntheticVectors> slot;
  private final SyntheticCalls calls;

  SyntheticEmbedEndpoint(Models models, ModelSlot<SyntheticVectors> slot, SyntheticCalls calls) {
    this.models = models;
    this.slot = slot;
    this.calls = calls;
  }

  @Override
  public Reply answer(ObjectNode body, RequestFacts facts) throws Refusal, InterruptedException {
    EmbedRequest request = EmbedRequest.of(body, MAX_INPUTS);
    if (!models.find(request.model()).description().can("embedding")) {
      throw Refusal.badRequest("this model does not support embeddings");
    }
    try (ModelSlot<SyntheticVectors>.Lease lease = slot.acquire(request.keepAlive())) {
      if (request.inputs().isEmpty()) {
        return new Reply.Written(lease.model().answer("all-minilm", request.inputs()));
      }
      return calls.answer(
          request.inputs(),
          facts,
          () -> new Reply.Written(lease.model().answer("all-minilm", request.inputs())));
    }
  }
}
