package relata.api.access;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;

/**
 * What a client sends to have a key made.
 *
 * @param name for people, such as the program that has it
 * @param scopes what it may do
 * @param expiresAt when it ends, RFC 3339; without one after the deployment's usual time
 */
@Schema(
    name = "NewKey",
    examples =
        """
        {"name":"nightly import","scopes":["read","write"]}""")
record NewKey(
    @Schema(required = true, examples = "nightly import") String name,
    @Schema(required = true, ref = "Scopes") List<String> scopes,
    @Schema(format = "date-time") String expiresAt) {
  private static final int LONGEST_NAME = 200;

  /** The same, known to be right. */
  record Checked(String name, Set<String> scopes, Instant expiresAt) {
    Checked {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * What is wanted.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  Checked checked(AccessConfig config, Instant now) {
    List<FieldError> errors = new ArrayList<>();
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      errors.add(
          new FieldError("name", "Must be text of 1 to %d characters.".formatted(LONGEST_NAME)));
    }
    if (scopes == null || scopes.isEmpty() || !Scope.OF_KEYS.containsAll(scopes)) {
      errors.add(
          new FieldError(
              "scopes", "Must be one or more of " + String.join(", ", Scope.OF_KEYS) + "."));
    }
    Instant end = end(config, now, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
    return new Checked(name, new HashSet<>(scopes), end);
  }

  private Instant end(AccessConfig config, Instant now, List<FieldError> errors) {
    if (expiresAt == null) {
      return now.plus(config.defaultLifetime());
    }
    Duration longest = config.maxLifetime();
    try {
      Instant end = Instant.parse(expiresAt);
      if (end.isAfter(now) && !end.isAfter(now.plus(longest))) {
        return end;
      }
    } catch (DateTimeParseException malformed) {
      // Said below, like a time that is none of ours.
    }
    errors.add(
        new FieldError(
            "expiresAt",
            "Must be a time within the next %d days, as 2030-01-31T12:00:00Z."
                .formatted(longest.toDays())));
    return now;
  }
}
