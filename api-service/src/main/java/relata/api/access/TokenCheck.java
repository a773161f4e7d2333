package relata.api.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tokens for everybody's audience would let in who was let in elsewhere. */
@Singleton
final class TokenCheck {
  private final boolean isEnabled;
  private final Optional<String> issuer;
  private final Optional<List<String>> audience;

  TokenCheck(
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean isEnabled,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
      @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience) {
    this.isEnabled = isEnabled;
    this.issuer = issuer;
    this.audience = audience;
  }

  /** Before anything else begins to work. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent ready) {
    if (isEnabled && (issuer.isEmpty() || audience.isEmpty())) {
      throw new IllegalStateException(
          "RELATA_OIDC_ENABLED=true takes tokens: name their issuer in RELATA_OIDC_ISSUER and"
              + " whom they must be for in RELATA_OIDC_AUDIENCE.");
    }
  }
}
