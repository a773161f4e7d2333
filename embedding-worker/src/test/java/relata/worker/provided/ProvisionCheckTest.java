package relata.worker.provided;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.worker.claim.Verdict;
import relata.worker.model.Embedding;
import relata.worker.split.BlockKind;
import relata.worker.split.Chunk;
import relata.worker.store.StoredChunk;

class ProvisionCheckTest {
  private static final int DIMENSION = 2;
  private static final int MOST = 3;

  @Test
  void soundChunksAreTakenAsTheyAre() {
    Provision.Chunks chunks =
        assertInstanceOf(
            Provision.Chunks.class,
            check(List.of(chunk("title", "Tea", 1, 0), chunk("description", "Of tea.", -1, 2))));
    assertEquals(
        List.of(
            new Chunk(BlockKind.TITLE, List.of("Path"), "Tea"),
            new Chunk(BlockKind.DESCRIPTION, List.of("Path"), "Of tea.")),
        chunks.chunks().stream().map(StoredChunk::chunk).toList());
  }

  @Test
  void withoutChunksThereIsSomethingToBring() {
    Verdict.Lacking lacking = assertInstanceOf(Verdict.Lacking.class, verdict(List.of()));
    assertEquals("not_provided", lacking.code());
    assertFalse(lacking.reason().contains("{"), lacking.reason());
    assertTrue(lacking.reason().contains("vectors of 2 components"), lacking.reason());
  }

  @Test
  void everyVectorIsLookedAt() {
    ProvidedChunk sound = chunk("paragraph", "Sound.", 1, 1);
    assertEquals("wrong_dimension", code(List.of(sound, chunk("paragraph", "Three.", 1, 2, 3))));
    assertEquals("not_finite", code(List.of(sound, chunk("paragraph", "NaN.", 1, Float.NaN))));
    assertEquals(
        "not_finite",
        code(List.of(sound, chunk("paragraph", "Infinite.", Float.NEGATIVE_INFINITY, 1))));
    assertEquals("zero_vector", code(List.of(sound, chunk("paragraph", "Zero.", 0, 0))));
    assertEquals("empty_chunk", code(List.of(sound, chunk("paragraph", " \n", 1, 1))));
    assertTrue(
        verdict(List.of(sound, chunk("paragraph", "Three.", 1, 2, 3)))
            .reason()
            .startsWith("The vector of chunk 1 has 3 components, but the recipe says 2."));
  }

  @Test
  void aDocumentHasNoMoreChunksThanAnyOther() {
    ProvidedChunk sound = chunk("paragraph", "Sound.", 1, 1);
    assertInstanceOf(Provision.Chunks.class, check(Collections.nCopies(MOST, sound)));
    assertEquals("too_many_chunks", code(Collections.nCopies(MOST + 1, sound)));
  }

  private static String code(List<ProvidedChunk> chunks) {
    return assertInstanceOf(Verdict.Dead.class, verdict(chunks)).code();
  }

  private static Verdict verdict(List<ProvidedChunk> chunks) {
    return assertInstanceOf(Provision.Refused.class, check(chunks)).verdict();
  }

  private static Provision check(List<ProvidedChunk> chunks) {
    return ProvisionCheck.check(chunks, DIMENSION, MOST);
  }

  private static ProvidedChunk chunk(String kind, String text, float... components) {
    return new ProvidedChunk(
        kind, List.of("Path"), text, components.length, Embedding.of(components).values());
  }
}
