package relata.api.access;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Has what a tenant was answered kept by nobody but its caller, who asks again before using it. */
final class AnswerHeaders {
  @ServerResponseFilter
  public void keepPrivate(ContainerResponseContext answer) {
    if (!answer.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
      answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
  }
}
