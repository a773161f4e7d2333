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
          Problem.notFound("unknown-path", "There is nothing at " + address.getPath() + ".");
      case 405 ->
          Problem.of(
              "method-not-allowed",
              "Method not allowed",
              405,
              request.getMethod() + " is not possible at " + address.getPath() + ".");
      case 406 ->
          Problem.of(
              "not-acceptable",
              "Not acceptable",
              406,
              "None of the media types in Accept can be produced here.");
      case 413 -> Problem.of("too-large", "Content too large", 413, "The body is too large.");
      case 415 ->
          Problem.of(
              "unsupported-media-type",
              "Unsupported media type",
              415,
              "Send application/json, or application/x-ndjson to documents:bulk.");
      default -> Problem.of("refused", "Request refused", status, "The request was refused.");
    };
  }
}
