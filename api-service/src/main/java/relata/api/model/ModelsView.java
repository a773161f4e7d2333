package relata.api.model;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The models as a client sees them: what {@link Models} has, and what recipes may call them.
 *
 * @param aliases the models that each alias may stand for, the preferred one first
 */
@Schema(name = "Models")
record ModelsView(
    List<Models.Model> models,
    List<Models.Lane> lanes,
    List<Models.Profile> profiles,
    Map<String, List<String>> aliases,
    String serverError) {

  static ModelsView of(Models models, Map<String, List<String>> aliases) {
    return new ModelsView(
        models.models(), models.lanes(), models.profiles(), aliases, models.serverError());
  }
}
