package relata.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.logging.Logger;
import relata.api.problem.DatabaseFailures;
import relata.api.problem.Problem;
import relata.api.problem.SeldomWarning;

/**
 * Tells who asks by the key in {@code Authorization: Bearer}. Other tokens are others' business.
 */
@Singleton
final class KeyMechanism implements HttpAuthenticationMechanism {
  private static final Logger LOG = Logger.getLogger(KeyMechanism.class);
  private static final String BEARER = "bearer ";

  /** Before those of the framework, which would take a key for a token of theirs. */
  private static final int FIRST = 10_000;

  /** Of a request: its key could not be looked up. */
  private static final String AWAY = "relata.access.away";

  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final AccessConfig config;
  private final KeyRing ring;
  private final OperatorKey operator;
  private final ObjectMapper json;

  KeyMechanism(AccessConfig config, KeyRing ring, OperatorKey operator, ObjectMapper json) {
    this.config = config;
    this.ring = ring;
    this.operator = operator;
    this.json = json;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    if (config.open()) {
      return Uni.createFrom().item(OpenAccess.EVERYBODY);
    }
    String token = bearer(request.request().getHeader(HttpHeaders.AUTHORIZATION));
    if (!token.startsWith(KeyText.PREFIX)) {
      return Uni.createFrom().nullItem();
    }
    return KeyText.parse(token)
        .map(key -> authenticate(request, key))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }

  private Uni<SecurityIdentity> authenticate(RoutingContext request, KeyText key) {
    if (operator.is(key)) {
      return Uni.createFrom().item(Caller.operator());
    }
    return ring.find(key)
        .onFailure()
        .transform(failure -> notLookedUp(request, failure))
        .map(found -> found.map(KeyMechanism::identity))
        .map(found -> found.orElseThrow(AuthenticationFailedException::new));
  }

  private static SecurityIdentity identity(KnownKey key) {
    return Caller.of(key.id(), key.tenant(), key.scopes());
  }

  /** An absent database is no reason to tell a client that its key is wrong. */
  private Throwable notLookedUp(RoutingContext request, Throwable failure) {
    if (!DatabaseFailures.isAway(failure)) {
      return failure;
    }
    warning.warn("key not looked up cause=%s".formatted(failure.getMessage()));
    request.put(AWAY, true);
    return new AuthenticationFailedException(failure);
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext request) {
    boolean isAway = Boolean.TRUE.equals(request.get(AWAY));
    Problem problem = isAway ? Problem.databaseAway() : Refusals.notAuthenticated();
    HttpServerResponse response = request.response().setStatusCode(problem.status());
    if (isAway) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "" + problem.retryAfter().toSeconds());
    } else {
      response.putHeader(HttpHeaders.WWW_AUTHENTICATE, Refusals.challenge(hasToken(request)));
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return Uni.createFrom()
        .completionStage(response.end(text(problem)).toCompletionStage())
        .replaceWith(true);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom()
        .item(
            new ChallengeData(
                401, HttpHeaders.WWW_AUTHENTICATE, Refusals.challenge(hasToken(request))));
  }

  @Override
  public int getPriority() {
    return FIRST;
  }

  private String text(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean hasToken(RoutingContext request) {
    return request.request().getHeader(HttpHeaders.AUTHORIZATION) != null;
  }

  /** The token of the header, empty if there is none. */
  private static String bearer(String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : "";
  }
}
