package relata.graph.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import relata.graph.database.DatabaseException;
import relata.graph.generation.IndexAwayException;
import relata.graph.generation.MemoryTakenException;

/** Every error leaves as problem+json. */
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final String MEDIA_TYPE = "application/problem+json";

  @ServerExceptionMapper
  Response problem(ProblemException failed) {
    return response(failed.problem());
  }

  @ServerExceptionMapper
  Response mismatched(MismatchedInputException wrong) {
    return badJson(wrong);
  }

  @ServerExceptionMapper
  Response database(DatabaseException away) {
    LOG.warnf("request failed reason=%s", away.getMessage());
    return response(
        new Problem(503, "Service Unavailable", "The database is away. Try again later."));
  }

  @ServerExceptionMapper
  Response index(IndexAwayException away) {
    LOG.warnf("request failed reason=%s", away.getMessage());
    return response(new Problem(503, "Service Unavailable", "The index is away. Try again later."));
  }

  @ServerExceptionMapper
  Response memory(MemoryTakenException full) {
    LOG.warnf("request refused reason=%s", full.getMessage());
    return response(
        new Problem(
            "urn:relata:problem:memory-taken",
            "Service Unavailable",
            503,
            full.getMessage(),
            null));
  }

  @ServerExceptionMapper
  Response framework(WebApplicationException failed) {
    if (failed.getCause() instanceof JsonProcessingException wrong) {
      return badJson(wrong);
    }
    Response.StatusType status = failed.getResponse().getStatusInfo();
    return response(
        new Problem(status.getStatusCode(), status.getReasonPhrase(), failed.getMessage()));
  }

  @ServerExceptionMapper
  Response bug(RuntimeException failed) {
    LOG.error("request failed", failed);
    return response(
        new Problem(500, "Internal Server Error", "The request failed; the log says why."));
  }

  private static Response badJson(JsonProcessingException wrong) {
    String field =
        wrong instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."))
            : "";
    String where = wrong.getLocation() == null ? "" : " in line " + wrong.getLocation().getLineNr();
    String detail =
        field.isEmpty()
            ? "The body is not the JSON that is expected here%s.".formatted(where)
            : "Field \"%s\"%s is unknown or of the wrong type.".formatted(field, where);
    return response(new Problem(400, "Bad Request", detail));
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(MEDIA_TYPE).entity(problem).build();
  }
}
