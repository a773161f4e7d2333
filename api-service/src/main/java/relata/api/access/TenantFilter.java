package relata.api.access;

import io.quarkus.security.identity.SecurityIdentity;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import relata.api.tenant.Tenant;

/** Has a request deal with its caller's data. */
final class TenantFilter {
  private final SecurityIdentity caller;

  TenantFilter(SecurityIdentity caller) {
    this.caller = caller;
  }

  @ServerRequestFilter
  public void enter() {
    String tenant = Caller.tenant(caller);
    if (tenant != null) {
      Tenant.enter(tenant);
    }
  }
}
