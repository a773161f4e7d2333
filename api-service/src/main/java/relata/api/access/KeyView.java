package relata.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key as clients see it.
 *
 * @param id what stands behind {@code rk_} in it; no secret
 * @param key the whole key, only when it is made: it cannot be seen again
 * @param expiresAt when it ends by itself
 * @param revokedAt when it was ended; null if it was not
 * @param lastUsedAt about when it was used last; null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Key")
record KeyView(
    String id,
    String key,
    String tenant,
    String name,
    @Schema(ref = "Scopes") List<String> scopes,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    Instant lastUsedAt) {
  KeyView {
    scopes = List.copyOf(scopes);
  }

  /** The same with the whole key, for the one who has it made. */
  KeyView with(KeyText text) {
    return new KeyView(
        id, text.text(), tenant, name, scopes, createdAt, expiresAt, revokedAt, lastUsedAt);
  }
}
