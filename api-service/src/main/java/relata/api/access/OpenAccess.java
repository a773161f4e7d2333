package relata.api.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import relata.api.tenant.Tenant;

/** Access without keys, for one machine: it is said aloud, and no other machine has it. */
@Singleton
final class OpenAccess {
  /** Who everybody is. */
  static final SecurityIdentity EVERYBODY =
      QuarkusSecurityIdentity.builder()
          .setPrincipal(new QuarkusPrincipal("everybody"))
          .addRoles(Set.of(Scope.READ, Scope.WRITE, Scope.ADMIN, Scope.OPERATOR))
          .addAttribute(Caller.TENANT, Tenant.OF_OPEN_ACCESS)
          .build();

  private static final Logger LOG = Logger.getLogger(OpenAccess.class);

  private final AccessConfig config;
  private final String host;

  OpenAccess(AccessConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
    this.config = config;
    this.host = host;
  }

  /** Before anything else begins to work. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent ready) {
    if (config.open()) {
      requireLoopback(host);
      LOG.warnf(
          "ACCESS IS OPEN: whoever reaches %s may read and change everything without a key."
              + " Leave RELATA_ACCESS_OPEN out wherever others can come.",
          host);
    }
  }

  /**
   * Lets through what only this machine reaches.
   *
   * @throws IllegalStateException with what to do
   */
  static void requireLoopback(String host) {
    try {
      if (Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)) {
        return;
      }
    } catch (UnknownHostException unknown) {
      // Then nobody knows who reaches it.
    }
    throw new IllegalStateException(
        ("Access is open (RELATA_ACCESS_OPEN=true), but '%s' can be reached from other machines."
                + " Set QUARKUS_HTTP_HOST=127.0.0.1, or leave RELATA_ACCESS_OPEN out and use keys.")
            .formatted(host));
  }
}
