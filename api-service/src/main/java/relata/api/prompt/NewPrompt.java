package relata.api.prompt;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;
import relata.api.recipe.PromptName;

/** What a client sends to keep a prompt; unchecked. */
@Schema(
    name = "NewPrompt",
    examples =
        """
        {"name":"two-sentences","template":"Say in two sentences what it is about:\\n{{document}}"}""")
record NewPrompt(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9._-]{0,62}", examples = "support-v1")
        String name,
    @Schema(
            required = true,
            maxLength = PromptTemplate.MAX_LENGTH,
            examples = "Say in two sentences what the document is about.\n\n{{document}}")
        String template) {

  /**
   * The same, if it is fine.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  NewPrompt checked() {
    List<FieldError> errors = new ArrayList<>();
    if (PromptName.checked(name).isEmpty()) {
      errors.add(new FieldError("name", PromptName.RULE_IN_WORDS));
    }
    PromptTemplate.fault(template)
        .ifPresent(detail -> errors.add(new FieldError("template", detail)));
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
    return this;
  }
}
