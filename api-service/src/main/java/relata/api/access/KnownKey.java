package relata.api.access;

import java.time.Instant;
import java.util.Set;

/**
 * What is known of a key that is not revoked.
 *
 * @param secretHash SHA-256 of its secret
 */
record KnownKey(
    String id, String tenant, byte[] secretHash, Set<String> scopes, Instant expiresAt) {
  KnownKey {
    secretHash = secretHash.clone();
    scopes = Set.copyOf(scopes);
  }

  boolean isOf(KeyText key, Instant now) {
    return key.has(secretHash) && now.isBefore(expiresAt);
  }
}
