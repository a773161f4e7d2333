package relata.api.limit;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import relata.api.access.Caller;
import relata.api.problem.Problem;

/**
 * Refuses what a caller sends beyond its rate, and tells everybody how much they have left, in the
 * headers of the IETF's draft-ietf-httpapi-ratelimit-headers.
 */
final class RateFilter {
  private static final String POLICY = "RateLimit-Policy";
  private static final String LIMIT = "RateLimit";

  /** Of a request: what its caller has left. */
  private static final String LEFT = "relata.rate.left";

  private final SecurityIdentity identity;
  private final Instance<Shares> shares;

  /** Filters are made at build time, when there is no configuration to read yet. */
  RateFilter(SecurityIdentity identity, Instance<Shares> shares) {
    this.identity = identity;
    this.shares = shares;
  }

  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  public Uni<Response> check(ContainerRequestContext request) {
    Optional<String> caller = Caller.name(identity);
    return caller.isEmpty() || !shares.get().rate().isLimited()
        ? Uni.createFrom().nullItem()
        : shares.get().take(caller.get()).map(decision -> answer(request, decision));
  }

  /** Null lets the request through. */
  private Response answer(ContainerRequestContext request, Decision decision) {
    return switch (decision) {
      case Decision.Taken taken -> {
        request.setProperty(LEFT, taken.left());
        yield null;
      }
      case Decision.Refused tooMuch -> {
        request.setProperty(LEFT, 0L);
        throw Problem.tooMany(detail(), tooMuch.delay()).exception();
      }
      case Decision.Unknown impossible -> throw new IllegalStateException("not decided");
    };
  }

  private String detail() {
    Rate rate = shares.get().rate();
    return "This key or token may send %.0f requests a second, %.0f at once; wait as Retry-After says."
        .formatted(rate.perSecond(), rate.burst());
  }

  @ServerResponseFilter
  public void tell(ContainerRequestContext request, ContainerResponseContext answer) {
    if (request.getProperty(LEFT) instanceof Long left) {
      Rate rate = shares.get().rate();
      answer.getHeaders().putSingle(POLICY, policy(rate));
      answer
          .getHeaders()
          .putSingle(
              LIMIT, "\"caller\";r=%d;t=%d".formatted(left, seconds(rate, rate.burst() - left)));
    }
  }

  private static String policy(Rate rate) {
    return "\"caller\";q=%d;w=%d".formatted((long) rate.burst(), seconds(rate, rate.burst()));
  }

  /** Whole seconds until so many requests more are there, one at least. */
  private static long seconds(Rate rate, double requests) {
    return Math.max(
        1, Duration.ofNanos(rate.nanosFor(requests)).plusNanos(999_999_999).toSeconds());
  }
}
