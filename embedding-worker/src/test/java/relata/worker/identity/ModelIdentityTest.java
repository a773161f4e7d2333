package relata.worker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelIdentityTest {
  private static final ModelIdentity RECORDED = identity("abc", OptionalInt.of(384));

  @Test
  void theSameModelStaysAsItWasRecorded() {
    assertEquals(same(RECORDED), RECORDED.compare(identity("abc", OptionalInt.of(384))));
    assertEquals(same(RECORDED), RECORDED.compare(identity("abc", OptionalInt.empty())));
  }

  @Test
  void digestsAreComparedWhenBothAreKnown() {
    ModelIdentity unknown = identity("", OptionalInt.of(384));
    assertEquals(same(RECORDED), RECORDED.compare(unknown));
    assertEquals(same(unknown), unknown.compare(RECORDED));
    changed(RECORDED.compare(identity("abd", OptionalInt.of(384))));
  }

  @Test
  void dimensionsAreComparedWhateverTheDigestSays() {
    changed(RECORDED.compare(identity("abc", OptionalInt.of(768))));
    changed(RECORDED.compare(identity("", OptionalInt.of(768))));
    changed(RECORDED.compare(768));
    ModelIdentity before = identity("abc", OptionalInt.empty());
    assertEquals(same(before), before.compare(768));
  }

  private static void changed(IdentityCheck check) {
    String reason = assertInstanceOf(IdentityCheck.Changed.class, check).reason();
    assertTrue(reason.startsWith("Model all-minilm "), reason);
    assertTrue(reason.contains("PUT the collection's recipe with ?rebuild=true"), reason);
  }

  private static IdentityCheck same(ModelIdentity identity) {
    return new IdentityCheck.Same(identity);
  }

  private static ModelIdentity identity(String digest, OptionalInt dimension) {
    return new ModelIdentity(1, Purpose.EMBED, "all-minilm", digest, dimension);
  }
}
