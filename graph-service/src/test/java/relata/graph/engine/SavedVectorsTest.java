package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;
import relata.local.process.DirectoryTree;

class SavedVectorsTest {
  private static SketchIndex index() {
    return new SketchIndex(
        Optional.empty(), Runnable::run, SketchIndexTest.SMALL, new PlainKernels());
  }

  private static SketchIndex open(Path saved, Kernels kernels) throws IOException {
    return SketchIndex.open(saved, Optional.empty(), Runnable::run, SketchIndexTest.SMALL, kernels);
  }

  private static void save(SketchIndex index, Path folder) throws IOException {
    try (VectorIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(folder);
    }
  }

  @Property(tries = 300)
  void whatWasSavedIsFoundAndGoesOnChanging(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    SketchIndex index = index();
    NaiveVectors truth = new NaiveVectors();
    for (int step = random.nextInt(12); step >= 0; step--) {
      SketchIndexTest.change(random, index, truth);
    }
    Path folder = DirectoryTree.temporary("relata-saved-");
    try {
      save(index, folder);
      SketchIndex opened = open(folder, SketchIndexTest.KERNELS.get(random.nextInt(2)));
      SketchIndexTest.assertSame(random, opened, truth);
      for (DocumentVectors document : truth.documents().values()) {
        DocumentVectors found =
            opened.vectors(List.of(document.documentId())).get(document.documentId());
        assertArrayEquals(document.ordinals(), found.ordinals());
        assertArrayEquals(document.values(), found.values());
      }
      for (int step = 0; step < 6; step++) {
        SketchIndexTest.change(random, opened, truth);
      }
      SketchIndexTest.assertSame(random, opened, truth);
    } finally {
      DirectoryTree.delete(folder);
    }
  }

  @Test
  void whatIsSavedIsTheStateThatWasFrozen(@TempDir Path folder) throws IOException {
    // A thread of its own, because what was removed is only cleaned up once it is not frozen.
    try (ExecutorService upkeep = Executors.newSingleThreadExecutor()) {
      SketchIndex index =
          new SketchIndex(Optional.empty(), upkeep, SketchIndexTest.SMALL, new PlainKernels());
      index.apply(List.of(of(1, 1, 2), of(2, 3, 4)), List.of());
      try (VectorIndex.Frozen frozen = index.freeze().orElseThrow()) {
        index.apply(List.of(of(1, 5, 6), of(3, 7, 8)), List.of(2L));
        frozen.save(folder);
      }
      SketchIndex opened = open(folder, new PlainKernels());
      assertEquals(2, opened.documentCount());
      Map<Long, DocumentVectors> vectors = opened.vectors(List.of(1L, 2L, 3L));
      assertArrayEquals(new float[] {1, 2}, vectors.get(1L).values());
      assertArrayEquals(new float[] {3, 4}, vectors.get(2L).values());
    }
  }

  @Test
  void whatWasRemovedIsNotSavedAndWhatIsRemovedLaterLeavesTheFileAsItIs(@TempDir Path folder)
      throws IOException {
    SketchIndex index = index();
    List<DocumentVectors> many = new ArrayList<>();
    Clusters clusters = new Clusters(64, 3, 1);
    for (long id = 1; id <= 400; id++) {
      many.add(clusters.document(id, 1));
    }
    index.apply(many, List.of());
    index.apply(List.of(), ids(many.subList(0, 300)));
    save(index, folder);
    byte[] saved = Files.readAllBytes(folder.resolve(SegmentReader.VECTORS));
    assertEquals(SegmentReader.capacity(100) * 64 * Float.BYTES, saved.length);
    SketchIndex opened = open(folder, new PlainKernels());
    opened.apply(List.of(), ids(many));
    assertEquals(0, opened.documentCount());
    assertArrayEquals(saved, Files.readAllBytes(folder.resolve(SegmentReader.VECTORS)));
  }

  private static List<Long> ids(List<DocumentVectors> documents) {
    return documents.stream().map(DocumentVectors::documentId).toList();
  }

  @Test
  void filesThatDoNotFitToEachOtherAreNotOpened(@TempDir Path folder) throws IOException {
    SketchIndex index = index();
    index.apply(List.of(of(1, 1, 2), of(2, 3, 4)), List.of());
    save(index, folder);
    for (String name : List.of(SegmentReader.VECTORS, SegmentReader.ROWS)) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (byte[] wrong : List.of(cut(whole, whole.length - 1), cut(whole, whole.length + 9))) {
        Files.write(file, wrong, StandardOpenOption.TRUNCATE_EXISTING);
        assertThrows(IOException.class, () -> open(folder, new PlainKernels()), name);
      }
      Files.write(file, whole, StandardOpenOption.TRUNCATE_EXISTING);
    }
    assertTrue(open(folder, new PlainKernels()).documentCount() == 2);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static DocumentVectors of(long id, float... vector) {
    return new DocumentVectors(id, vector.length, new int[] {0}, vector);
  }
}
