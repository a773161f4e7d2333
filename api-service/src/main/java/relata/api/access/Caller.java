package relata.api.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Set;

/** Who asks, as the web framework knows them. */
final class Caller {
  /** Attribute of an identity: whose data it deals with; absent for the operator. */
  static final String TENANT = "relata.tenant";

  private Caller() {}

  /** Somebody of a tenant. */
  static SecurityIdentity of(String name, String tenant, Set<String> scopes) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRoles(scopes)
        .addAttribute(TENANT, tenant)
        .build();
  }

  /** Who runs the deployment: makes keys for tenants, and sees nothing of theirs. */
  static SecurityIdentity operator() {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(Scope.OPERATOR))
        .addRoles(Set.of(Scope.ADMIN, Scope.OPERATOR))
        .build();
  }

  /** The tenant; null for the operator, and for nobody. */
  static String tenant(SecurityIdentity identity) {
    return identity.getAttribute(TENANT);
  }
}
