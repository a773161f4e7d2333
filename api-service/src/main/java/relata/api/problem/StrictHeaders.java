package relata.api.problem;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses conditions that are empty: the framework takes them for absent, so that a write would go
 * through unguarded whose client lost the tag.
 */
final class StrictHeaders {
  private static final List<String> CONDITIONS =
      List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);

  @ServerRequestFilter(preMatching = true)
  public void check(HttpServerRequest request) {
    for (String name : CONDITIONS) {
      String condition = request.getHeader(name);
      if (condition != null && condition.isBlank()) {
        throw Problem.invalid(name, "Must not be empty; send a tag or *, or leave it out.")
            .exception();
      }
    }
  }
}
