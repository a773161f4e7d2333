package relata.api.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;

/** Words for what the web framework refuses before a resource is reached. */
final class FrameworkProblems {
  private FrameworkProblems() {}

  static Problem of(int status, ContainerRequestContext request, UriInfo address) {
    return switch (status) {
      case 400 -> Problem.invalid(null, "The request has no readable body; send one JSON object.");
      case 404 ->
          Problem.of(ProblemType.UNKNOWN_PATH, "There is nothing at " + address.getPath() + ".");
      case 405 ->
          Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              request.getMethod() + " is not possible at " + address.getPath() + ".");
      case 406 ->
          Problem.of(
              ProblemType.NOT_ACCEPTABLE,
              "None of the media types in Accept can be produced here.");
      case 413 -> Problem.of(ProblemType.TOO_LARGE, "The body is too large.");
      case 415 ->
          Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Send application/json, or application/x-ndjson to documents:bulk.");
      default -> Problem.of(ProblemType.REFUSED, "The request was refused.").withStatus(status);
    };
  }
}
