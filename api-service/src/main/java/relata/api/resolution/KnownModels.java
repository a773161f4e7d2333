package relata.api.resolution;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import relata.api.model.ModelsGateway;

/** Asks which models there are, and goes on without an answer: a recipe can be kept without. */
@Singleton
public final class KnownModels {
  private static final Logger LOG = Logger.getLogger(KnownModels.class);

  private final ModelsGateway gateway;

  KnownModels(ModelsGateway gateway) {
    this.gateway = gateway;
  }

  /** What the model server has, as far as a worker can tell. It never fails. */
  public Uni<Availability> now() {
    return gateway
        .status()
        .map(Availability::of)
        .onFailure()
        .invoke(failure -> LOG.infof("models unknown cause=%s", failure.getMessage()))
        .onFailure()
        .recoverWithItem(Availability.UNKNOWN);
  }
}
