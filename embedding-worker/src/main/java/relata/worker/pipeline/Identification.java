package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.OptionalInt;
import relata.worker.claim.Verdict;
import relata.worker.generation.Generation;
import relata.worker.identity.IdentityCheck;
import relata.worker.identity.IdentityConfig;
import relata.worker.identity.ModelIdentities;
import relata.worker.identity.ModelIdentity;
import relata.worker.identity.Purpose;

/** Whether a generation's vectors still come from the model that they came from. */
@Singleton
class Identification {
  private final ModelIdentities identities;
  private final IdentityConfig config;

  Identification(ModelIdentities identities, IdentityConfig config) {
    this.identities = identities;
    this.config = config;
  }

  /** The model that embeds for the generation. What made a client's vectors, only it knows. */
  IdentityCheck embedding(Generation generation) {
    var embed = generation.recipe().embed();
    return embed.clientDimension().isPresent()
        ? new IdentityCheck.Same(
            new ModelIdentity(
                generation.id(), Purpose.EMBED, embed.model(), "", embed.clientDimension()))
        : identities.meet(generation.id(), Purpose.EMBED, embed.model());
  }

  /** The same, once it gave a vector of that dimension. */
  IdentityCheck confirm(ModelIdentity identity, int dimension) {
    return identities.confirm(
        new ModelIdentity(
            identity.generationId(),
            identity.purpose(),
            identity.model(),
            identity.digest(),
            OptionalInt.of(dimension)));
  }

  /** The documents wait: what they have is served, and nothing is mixed into it. */
  Verdict changed(String reason) {
    return new Verdict.Wait("model_changed", reason, config.changedWait());
  }
}
