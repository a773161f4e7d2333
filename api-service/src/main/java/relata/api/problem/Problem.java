package relata.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error answer after RFC 9457, sent as {@code application/problem+json}.
 *
 * @param type stable URN of the kind of problem, for programs
 * @param title the kind of problem, for people
 * @param status HTTP status
 * @param detail what happened this time and what to do
 * @param errors the fields that are wrong, if any is to be named
 * @param line line of the import that the problem belongs to, from 1 up; null elsewhere
 * @param retryAfter when to try again, sent as the Retry-After header; null if waiting is no help
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem", description = "An error answer after RFC 9457")
public record Problem(
    @Schema(required = true, description = "The kind of problem, for programs") String type,
    @Schema(required = true, description = "The kind of problem, for people") String title,
    @Schema(required = true, description = "The HTTP status") int status,
    @Schema(required = true, description = "What happened this time and what to do") String detail,
    @Schema(description = "The fields, parameters or headers that are wrong")
        List<FieldError> errors,
    @Schema(description = "Of an import: the line, from 1 up") Long line,
    @JsonIgnore @Schema(hidden = true) Duration retryAfter) {
  /** Media type of every error answer. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The pool reconnects by itself; a second is enough to be through with a failover of ours. */
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem of the given kind, with what happened this time and what to do. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type.urn(), type.title(), type.status(), detail, List.of(), null, null);
  }

  /** 400 naming the fields that are wrong. */
  public static Problem invalid(List<FieldError> errors) {
    String detail = errors.size() == 1 ? sentence(errors.getFirst()) : errors.size() + " errors.";
    return of(ProblemType.INVALID_INPUT, detail).withErrors(errors);
  }

  /** 400 naming one field, or none if {@code field} is null. */
  public static Problem invalid(String field, String detail) {
    return invalid(List.of(new FieldError(field, detail)));
  }

  /** 503: the same request may succeed later. */
  public static Problem unavailable(ProblemType type, String detail, Duration retryAfter) {
    return of(type, detail).withRetryAfter(retryAfter);
  }

  /** 429: the caller sends more than it may. */
  public static Problem tooMany(String detail, Duration retryAfter) {
    return of(ProblemType.TOO_MANY_REQUESTS, detail).withRetryAfter(retryAfter);
  }

  /** 503: the database is away, or has more to do than it can. */
  public static Problem databaseAway() {
    return unavailable(
        ProblemType.DATABASE_AWAY, "The database cannot be reached right now.", DATABASE_RETRY);
  }

  /** The same with the line of the import. */
  public Problem withLine(long number) {
    return new Problem(type, title, status, detail, errors, number, retryAfter);
  }

  /** The same with another status, of what the framework refuses for reasons of its own. */
  Problem withStatus(int other) {
    return new Problem(type, title, other, detail, errors, line, retryAfter);
  }

  /** As an exception, to leave the normal flow with. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  private Problem withErrors(List<FieldError> fields) {
    return new Problem(type, title, status, detail, fields, line, retryAfter);
  }

  private Problem withRetryAfter(Duration delay) {
    return new Problem(type, title, status, detail, errors, line, delay);
  }

  private static String sentence(FieldError error) {
    return error.field() == null ? error.detail() : error.field() + ": " + error.detail();
  }
}
