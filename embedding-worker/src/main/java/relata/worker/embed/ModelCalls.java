package relata.worker.embed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import relata.worker.gate.Turn;
import relata.worker.model.CallSize;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelServer;
import relata.worker.model.Rates;
import relata.worker.split.Tokens;

/** Sends texts to the model in calls of bounded size, each in its turn. */
final class ModelCalls {
  private final ModelServer server;
  private final ModelAccess access;
  private final Rates rates;
  private final EmbedConfig config;

  ModelCalls(ModelServer server, ModelAccess access, Rates rates, EmbedConfig config) {
    this.server = server;
    this.access = access;
    this.rates = rates;
    this.config = config;
  }

  /** An answer for each text, in their order. */
  List<InputAnswer> embed(Turn turn, String model, List<String> texts) {
    List<InputAnswer> answers = new ArrayList<>(texts.size());
    int failedInARow = 0;
    for (List<String> page : pages(model).of(texts, Tokens::estimate)) {
      if (failedInARow >= config.maxFailedCalls()) {
        answers.addAll(Collections.nCopies(page.size(), answers.getLast()));
        continue;
      }
      List<InputAnswer> some = Bisection.embed(page, part -> call(turn, model, part));
      failedInARow = some.stream().allMatch(ModelCalls::isNoAnswer) ? failedInARow + 1 : 0;
      answers.addAll(some);
    }
    return answers;
  }

  private CallPages pages(String model) {
    double tokens = rates.of(model).tokens() * config.targetCall().toMillis() / 1000;
    int fewest = Math.min(config.minInputs(), config.maxInputs());
    return new CallPages(fewest, config.maxInputs(), (long) tokens);
  }

  private static boolean isNoAnswer(InputAnswer answer) {
    return answer instanceof ModelFailure.Transient || answer instanceof ModelFailure.Missing;
  }

  private ModelAnswer call(Turn turn, String model, List<String> texts) {
    long tokens = texts.stream().mapToLong(Tokens::estimate).sum();
    return access.embed(
        turn,
        model,
        new CallSize(texts.size(), tokens),
        () -> server.embed(model, List.copyOf(texts)));
  }
}
