package relata.api.once;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import relata.api.access.Scope;
import relata.api.problem.Problem;

/**
 * Refuses an Idempotency-Key where nobody looks at it: whoever sends one relies on it. Reading
 * repeats nothing, so there it may stand.
 */
final class StrictOnce {
  @ServerRequestFilter
  public void check(ContainerRequestContext request, ResourceInfo resource) {
    if (request.getHeaderString(OnceKey.HEADER) != null
        && changes(resource.getResourceMethod())
        && !isTaken(resource.getResourceMethod())) {
      throw Problem.invalid(
              OnceKey.HEADER,
              "Is not taken here; the description of the API says what a repetition does.")
          .exception();
    }
  }

  private static boolean changes(Method method) {
    RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
    return allowed != null && !Set.of(allowed.value()).contains(Scope.READ);
  }

  private static boolean isTaken(Method method) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getAnnotation(RestHeader.class))
        .anyMatch(header -> header != null && header.value().equals(OnceKey.HEADER));
  }
}
