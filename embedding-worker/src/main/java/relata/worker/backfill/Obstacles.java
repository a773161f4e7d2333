package relata.worker.backfill;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.generation.Served;
import relata.worker.model.ModelAccess;

/** Why nothing goes on, in words for whoever can mend it. */
@Singleton
class Obstacles {
  private final Scope scope;
  private final ModelAccess access;

  Obstacles(Scope scope, ModelAccess access) {
    this.scope = scope;
    this.access = access;
  }

  /** Models of the generation that nobody should ask now. */
  boolean isLeftAlone(Served generation) {
    return generation.models().stream().anyMatch(model -> access.refusal(model).isPresent());
  }

  /** A line for each reason, that of the most documents first. */
  List<String> words(BackfillOptions options) {
    List<String> words = new ArrayList<>();
    for (Scope.Reason reason : scope.reasons(options)) {
      words.add(
          "%d documents: %s (%s)".formatted(reason.documents(), reason.words(), reason.code()));
    }
    scope.generations(options).stream()
        .flatMap(generation -> generation.models().stream())
        .distinct()
        .forEach(
            model ->
                access
                    .refusal(model)
                    .ifPresent(
                        busy ->
                            words.add(
                                "Model %s: %s (%s)".formatted(model, busy.reason(), busy.code()))));
    return words;
  }
}
