package relata.worker.embed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import relata.worker.model.Breaker;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelServer;

/** Sends texts to the model in calls of bounded size, unless it asked to be left alone. */
final class ModelCalls {
  private final ModelServer server;
  private final Breaker breaker;
  private final EmbedConfig config;

  ModelCalls(ModelServer server, Breaker breaker, EmbedConfig config) {
    this.server = server;
    this.breaker = breaker;
    this.config = config;
  }

  /** An answer for each text, in their order. */
  List<InputAnswer> embed(String model, List<String> texts) {
    List<InputAnswer> answers = new ArrayList<>(texts.size());
    int failedInARow = 0;
    for (List<String> page : Pages.of(texts, config.maxInputs())) {
      if (failedInARow >= config.maxFailedCalls()) {
        answers.addAll(Collections.nCopies(page.size(), answers.getLast()));
        continue;
      }
      List<InputAnswer> some = Bisection.embed(page, part -> call(model, part));
      failedInARow = some.stream().allMatch(ModelCalls::isNoAnswer) ? failedInARow + 1 : 0;
      answers.addAll(some);
    }
    return answers;
  }

  private static boolean isNoAnswer(InputAnswer answer) {
    return answer instanceof ModelFailure.Transient || answer instanceof ModelFailure.Missing;
  }

  private ModelAnswer call(String model, List<String> texts) {
    Optional<String> open = breaker.reason();
    if (open.isPresent()) {
      return new ModelFailure.Busy(
          open.get(),
          "The model server asked to be left alone.",
          Optional.of(breaker.untilClosed()));
    }
    ModelAnswer answer = server.embed(model, List.copyOf(texts));
    breaker.learn(answer);
    return answer;
  }
}
