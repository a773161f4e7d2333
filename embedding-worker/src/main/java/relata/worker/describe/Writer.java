package relata.worker.describe;

import jakarta.inject.Singleton;
import relata.worker.claim.Verdict;
import relata.worker.gate.Turn;
import relata.worker.identity.IdentityCheck;
import relata.worker.identity.IdentityConfig;
import relata.worker.identity.ModelIdentities;
import relata.worker.model.CallSize;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelFailure;
import relata.worker.model.TextAnswer;
import relata.worker.model.TextModel;
import relata.worker.prompt.PlainAnswer;
import relata.worker.recipe.Recipe;
import relata.worker.split.Tokens;

/** Asks the model for one description, in its turn. */
@Singleton
class Writer {
  /** Characters of a prompt's own words; longer ones take from the room for the document. */
  private static final int TEMPLATE_LENGTH = 2000;

  /**
   * Fewer make the context of dense scripts too large, more cut ordinary prose: the server leaves
   * out the beginning of what does not fit and says nothing.
   */
  private static final int CHARACTERS_A_TOKEN = 3;

  /** A model is loaded anew for another context, so that few sizes are asked for. */
  private static final int CONTEXT_STEP = 2048;

  private final TextModel model;
  private final ModelAccess access;
  private final ModelIdentities identities;
  private final IdentityConfig identityConfig;

  Writer(
      TextModel model,
      ModelAccess access,
      ModelIdentities identities,
      IdentityConfig identityConfig) {
    this.model = model;
    this.access = access;
    this.identities = identities;
    this.identityConfig = identityConfig;
  }

  Described write(Turn turn, Task task) {
    Recipe.Describe recipe = task.subject().recipe();
    TextModel.Request request = request(recipe, task.prompt());
    TextAnswer answer =
        access.ask(
            turn,
            recipe.model(),
            new CallSize(1, Tokens.estimate(task.prompt())),
            () -> model.write(request),
            failure -> failure);
    return switch (answer) {
      case ModelFailure failure -> new Described.Failed(failure);
      case TextAnswer.Text(String said, boolean endsOpen) ->
          confirmed(task, PlainAnswer.of(said, recipe.maxLength(), endsOpen));
    };
  }

  /** The same for all documents under a recipe. An answer has two characters a token at least. */
  static TextModel.Request request(Recipe.Describe recipe, String prompt) {
    int maxTokens = recipe.maxLength() / 2 + 32;
    int tokens = (recipe.maxInputLength() + TEMPLATE_LENGTH) / CHARACTERS_A_TOKEN + maxTokens;
    int steps = (tokens + CONTEXT_STEP - 1) / CONTEXT_STEP;
    return new TextModel.Request(recipe.model(), prompt, maxTokens, steps * CONTEXT_STEP);
  }

  private Described confirmed(Task task, String text) {
    return switch (identities.confirm(task.identity())) {
      case IdentityCheck.Same _ -> new Described.Done(task.description(text));
      case IdentityCheck.Changed(String reason) ->
          new Described.Refused(
              new Verdict.Wait("model_changed", reason, identityConfig.changedWait()));
    };
  }
}
