package relata.api.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Optional;
import java.util.Set;

/** Who asks, as the web framework knows them. */
public final class Caller {
  /** Attribute of an identity: whose data it deals with; absent for the operator. */
  static final String TENANT = "relata.tenant";

  /** Attribute of an identity: who it is among all callers; absent where nobody is asked. */
  private static final String NAME = "relata.caller";

  private Caller() {}

  /** Somebody of a tenant. */
  static SecurityIdentity of(String name, String tenant, Set<String> scopes) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRoles(scopes)
        .addAttribute(TENANT, tenant)
        .addAttribute(NAME, tenant + "/" + name)
        .build();
  }

  /** Who runs the deployment: makes keys for tenants, and sees nothing of theirs. */
  static SecurityIdentity operator() {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(Scope.OPERATOR))
        .addRoles(Set.of(Scope.ADMIN, Scope.OPERATOR))
        .addAttribute(NAME, Scope.OPERATOR)
        .build();
  }

  /** The tenant; null for the operator, and for nobody. */
  static String tenant(SecurityIdentity identity) {
    return identity.getAttribute(TENANT);
  }

  /**
   * What tells a caller from all others, of whatever tenant: its key, or the subject of its token.
   * Empty for nobody, and where access is open.
   */
  public static Optional<String> name(SecurityIdentity identity) {
    return Optional.ofNullable(identity.getAttribute(NAME));
  }
}
