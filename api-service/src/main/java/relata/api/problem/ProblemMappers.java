package relata.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become answers. Nothing of an exception's text leaves it. */
@Singleton
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final SeldomWarning databaseAway = new SeldomWarning(LOG);

  @ServerExceptionMapper
  Response problem(ProblemException expected) {
    return respond(expected.problem());
  }

  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response json(JsonProcessingException malformed) {
    // What a stream throws while it is parsed comes wrapped: the first cause is what counts.
    return malformed.getCause() instanceof ProblemException expected
        ? respond(expected.problem())
        : respond(JsonProblems.problem(malformed));
  }

  @ServerExceptionMapper
  Response framework(
      WebApplicationException refused, ContainerRequestContext request, UriInfo address) {
    if (refused.getCause() instanceof JsonProcessingException malformed) {
      return json(malformed);
    }
    if (refused.getCause() instanceof ProblemException expected) {
      return respond(expected.problem());
    }
    Problem problem = FrameworkProblems.of(refused.getResponse().getStatus(), request, address);
    Response.ResponseBuilder answer = builder(problem);
    String allow = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
  }

  @ServerExceptionMapper
  Response unexpected(Throwable failure, ContainerRequestContext request, UriInfo address) {
    if (DatabaseFailures.isAway(failure)) {
      databaseAway.warn(
          "database away method=%s cause=%s".formatted(request.getMethod(), failure.getMessage()));
      return respond(Problem.databaseAway());
    }
    LOG.errorf(failure, "request failed method=%s", request.getMethod());
    return respond(Problem.of(ProblemType.INTERNAL, "The service failed; its log says why."));
  }

  private static Response respond(Problem problem) {
    return builder(problem).build();
  }

  private static Response.ResponseBuilder builder(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.retryAfter() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, problem.retryAfter().toSeconds()));
    }
    return answer;
  }
}
