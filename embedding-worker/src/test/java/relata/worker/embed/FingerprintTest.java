package relata.worker.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final byte[] RECIPE = new byte[32];

  @Test
  void itIsTheHashOfRecipeZeroAndInput() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(RECIPE);
    bytes.write(0);
    bytes.write("Grüße".getBytes(StandardCharsets.UTF_8));
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()),
        Fingerprint.of(RECIPE, "Grüße").bytes());
  }

  @Test
  void equalTextsUnderOneRecipeAreEqualAndNoOthers() {
    byte[] other = RECIPE.clone();
    other[31] = 1;
    assertEquals(Fingerprint.of(RECIPE, "a"), Fingerprint.of(RECIPE.clone(), "a"));
    assertEquals(
        Fingerprint.of(RECIPE, "a").hashCode(), Fingerprint.of(RECIPE.clone(), "a").hashCode());
    assertNotEquals(Fingerprint.of(RECIPE, "a"), Fingerprint.of(RECIPE, "a "));
    assertNotEquals(Fingerprint.of(RECIPE, "a"), Fingerprint.of(other, "a"));
  }
}
