package relata.api.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who may ask. */
@ConfigMapping(prefix = "relata.access")
interface AccessConfig {
  /**
   * Nobody is asked who they are, and everybody may do everything, as the tenant {@code default}.
   * Only for one machine: the service does not start if it can be reached from another.
   */
  @WithDefault("false")
  boolean open();

  /**
   * How long a key is known without asking the database. It is how long a key that was revoked at
   * another replica still works here; shorter costs a look by its primary key more often.
   */
  @WithDefault("30s")
  Duration cacheFor();

  /** Most keys that are known at once, about 500 bytes each. */
  @WithDefault("10000")
  int cachedKeys();

  /**
   * Most keys that are looked up at once; who comes beyond is answered with 503. It keeps strangers
   * who try keys from taking the connections that events are published by.
   */
  @WithDefault("64")
  int maxLooks();

  /**
   * A file with the SHA-256 of the operator's key in hexadecimal, or of several keys, a line each,
   * so that one can take the other's place. It is read again as often as {@link #cacheFor} says.
   * Without it nobody is the operator.
   */
  Optional<Path> operatorFile();

  /** How long a key lives for which nobody says how long. */
  @WithDefault("90d")
  Duration defaultLifetime();

  /** The longest that a key may live: what is forgotten ends by itself. */
  @WithDefault("366d")
  Duration maxLifetime();

  /** Tokens of an issuer, beside keys. */
  Token token();

  /** What a token says in which words; its checks are set by {@code quarkus.oidc.*}. */
  interface Token {
    /**
     * A file (PEM) with the authorities by which the issuer is believed to be itself, and no others
     * then. Without it those that Java knows. It is read at the start.
     */
    Optional<Path> issuerCaFile();

    /** The claim that names the tenant. */
    @WithDefault("tenant")
    String tenantClaim();

    /**
     * What stands before {@code read}, {@code write} and {@code admin} in the claim with scopes:
     * other services of the issuer may have scopes of these names, too.
     */
    @WithDefault("relata:")
    String scopePrefix();
  }

  /** Most keys that a tenant may have at once. */
  @WithDefault("1000")
  int maxKeys();
}
