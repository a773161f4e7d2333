package relata.api.access;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.problem.SeldomWarning;

/** What is answered to those who do not say who they are, or may not do what they ask. */
@Singleton
final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final String REALM = "Bearer realm=\"relata\"";
  private static final Duration ISSUER_RETRY = Duration.ofSeconds(5);

  private final SeldomWarning unchecked = new SeldomWarning(LOG);
  private final SecurityIdentity caller;

  Refusals(SecurityIdentity caller) {
    this.caller = caller;
  }

  static Problem notAuthenticated() {
    return Problem.of(
        ProblemType.NOT_AUTHENTICATED,
        "Send a key that is neither revoked nor expired as 'Authorization: Bearer rk_…';"
            + " ./relata keys create makes one.");
  }

  /** The header after RFC 6750; a token that was sent is said to be no good, but not why. */
  static String challenge(boolean hasToken) {
    return hasToken ? REALM + ", error=\"invalid_token\"" : REALM;
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response notAuthenticated(RuntimeException refused, ContainerRequestContext request) {
    boolean hasToken = request.getHeaderString(HttpHeaders.AUTHORIZATION) != null;
    return answer(notAuthenticated(), challenge(hasToken));
  }

  /**
   * Until the issuer was reached once, nobody can tell whether a token is good: no reason to tell a
   * client that it is wrong.
   */
  @ServerExceptionMapper
  Response issuerAway(OIDCException away) {
    unchecked.warn("token not checked cause=%s".formatted(away.getMessage()));
    Problem problem =
        Problem.unavailable(
            ProblemType.ISSUER_AWAY,
            "The issuer of tokens cannot be reached right now.",
            ISSUER_RETRY);
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .header(HttpHeaders.RETRY_AFTER, ISSUER_RETRY.toSeconds())
        .entity(problem)
        .build();
  }

  @ServerExceptionMapper
  Response scopeMissing(ForbiddenException refused, ResourceInfo resource) {
    String scope = scope(resource).orElse(Scope.OPERATOR);
    String held = String.join(", ", caller.getRoles().stream().sorted().toList());
    return answer(
        Problem.of(
            ProblemType.SCOPE_MISSING,
            "This needs a key with the scope '%s'; yours has %s."
                .formatted(scope, held.isEmpty() ? "none" : held)),
        "%s, error=\"insufficient_scope\", scope=\"%s\"".formatted(REALM, scope));
  }

  private static Optional<String> scope(ResourceInfo resource) {
    return Optional.ofNullable(resource)
        .map(ResourceInfo::getResourceMethod)
        .map((Method method) -> method.getAnnotation(RolesAllowed.class))
        .map(allowed -> String.join(" ", allowed.value()));
  }

  private static Response answer(Problem problem, String challenge) {
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .entity(problem)
        .build();
  }
}
