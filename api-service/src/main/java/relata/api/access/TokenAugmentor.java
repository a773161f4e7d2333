package relata.api.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import relata.api.tenant.Tenant;

/**
 * Says whose token it is, and what its bearer may do: signature, issuer, audience and time were
 * checked before. What else the issuer calls scopes is left out, so no token makes an operator.
 */
@Singleton
final class TokenAugmentor implements SecurityIdentityAugmentor {
  private static final Logger LOG = Logger.getLogger(TokenAugmentor.class);

  private final AccessConfig config;

  TokenAugmentor(AccessConfig config) {
    this.config = config;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return identity.getPrincipal() instanceof JsonWebToken token
        ? Uni.createFrom().item(() -> caller(identity, token))
        : Uni.createFrom().item(identity);
  }

  /** The framework took the roles from the claim that the configuration names. */
  private SecurityIdentity caller(SecurityIdentity identity, JsonWebToken token) {
    Object tenant = token.getClaim(config.token().tenantClaim());
    if (!(tenant instanceof String name) || !Tenant.isValid(name)) {
      LOG.debugf("token without a tenant claim=%s", config.token().tenantClaim());
      throw new AuthenticationFailedException();
    }
    String prefix = config.token().scopePrefix();
    Set<String> scopes =
        Scope.OF_KEYS.stream()
            .filter(scope -> identity.getRoles().contains(prefix + scope))
            .collect(Collectors.toUnmodifiableSet());
    return Caller.of(token.getSubject() == null ? "token" : token.getSubject(), name, scopes);
  }
}
