package relata.api.resolution;

import java.util.List;
import java.util.Optional;
import relata.api.model.Models;

/**
 * What is known of the models at the model server.
 *
 * @param models empty if nothing is known, because no worker or no model server answered
 */
public record Availability(Optional<List<Models.Model>> models) {
  /** Nothing is known. */
  public static final Availability UNKNOWN = new Availability(Optional.empty());

  /** The tag that a model server adds to a name without one. */
  private static final String LATEST = ":latest";

  static Availability of(Models status) {
    return status.serverError() == null ? new Availability(Optional.of(status.models())) : UNKNOWN;
  }

  /** Whether it is known that the server does not have the model. */
  public boolean lacks(String name) {
    return models.isPresent() && model(name).isEmpty();
  }

  /** Whether it is known that the server has the model. */
  public boolean has(String name) {
    return model(name).isPresent();
  }

  /** The server's digest of a model, if it is known. */
  public Optional<String> digest(String name) {
    return model(name).map(Models.Model::digest);
  }

  /** Texts that the model deals with in a second, if that was measured. */
  public Optional<Double> inputsPerSecond(String name) {
    return model(name).map(Models.Model::inputsPerSecond).filter(rate -> rate > 0);
  }

  /** The names of the models, for people. */
  public String names() {
    List<String> names = models.orElse(List.of()).stream().map(Models.Model::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private Optional<Models.Model> model(String name) {
    return models.orElse(List.of()).stream()
        .filter(model -> tagged(model.name()).equals(tagged(name)))
        .findFirst();
  }

  private static String tagged(String name) {
    return name.indexOf(':') < 0 ? name + LATEST : name;
  }
}
