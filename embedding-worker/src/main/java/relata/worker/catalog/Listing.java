package relata.worker.catalog;

import java.util.List;
import java.util.Optional;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelName;

/** One of the server's lists of models, or why there is none. */
public sealed interface Listing {
  /** What the server said, in its order. */
  record Models(List<ListedModel> models) implements Listing {
    public static final Models NONE = new Models(List.of());

    public Models {
      models = List.copyOf(models);
    }

    /** The model of that name; its tag may be left out. */
    public Optional<ListedModel> find(String name) {
      String full = ModelName.full(name);
      return models.stream().filter(model -> model.name().equals(full)).findFirst();
    }

    /** Whether it is among them, if under another name. */
    public boolean has(ListedModel wanted) {
      return same(wanted).isPresent();
    }

    /** The model, if under another name. */
    public Optional<ListedModel> same(ListedModel wanted) {
      return models.stream().filter(model -> model.is(wanted)).findFirst();
    }
  }

  /** The server did not say. */
  record Unknown(ModelFailure failure) implements Listing {}
}
