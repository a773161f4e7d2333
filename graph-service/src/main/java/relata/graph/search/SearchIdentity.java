package relata.graph.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Tells the pages of one search from those of another. */
final class SearchIdentity {
  private static final ObjectMapper CANONICAL =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private SearchIdentity() {}

  /**
   * The first eight bytes of a SHA-256, the same on every replica.
   *
   * @param parts all that the ranking follows from, as JSON has it
   */
  static long of(Object... parts) {
    try {
      byte[] json = CANONICAL.writeValueAsBytes(Arrays.asList(parts));
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json)).getLong();
    } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
