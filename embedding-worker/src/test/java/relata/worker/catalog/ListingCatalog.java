package relata.worker.catalog;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import relata.worker.model.ModelFailure;

/** Lists what a test says, and nothing else is asked of it. */
public record ListingCatalog(Supplier<Listing> models) implements ModelCatalog {
  @Override
  public Listing installed(Duration limit) {
    return models.get();
  }

  @Override
  public Listing loaded(Duration limit) {
    throw unexpected();
  }

  @Override
  public Loading load(String model, KeepAlive keepAlive, Duration limit) {
    throw unexpected();
  }

  @Override
  public Optional<ModelFailure> unload(String model, Duration limit) {
    throw unexpected();
  }

  @Override
  public Optional<ModelFailure> probe(
      String model, ModelUse use, KeepAlive keepAlive, Duration limit) {
    throw unexpected();
  }

  private static AssertionError unexpected() {
    return new AssertionError("Only the list of installed models is asked for here.");
  }
}
