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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.snapshot.Snapshots;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Similarity;
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

  @Property(tries = 100)
  void whatWasInListsIsInTheSameListsAtOnce(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    SketchIndex index = index();
    NaiveVectors truth = new NaiveVectors();
    Clusters clusters = new Clusters(20 + random.nextInt(60), 6, random.nextLong());
    for (long id = 1; id <= 300; id++) {
      truth.documents().put(id, clusters.document(id, 1 + random.nextInt(2)));
    }
    index.apply(truth.documents().values(), List.of());
    List<Long> removed = truth.documents().keySet().stream().filter(id -> id % 5 == 0).toList();
    index.apply(List.of(), removed);
    truth.documents().keySet().removeAll(removed);
    Path folder = DirectoryTree.temporary("relata-saved-");
    try {
      save(index, folder);
      Kernels kernels = SketchIndexTest.KERNELS.get(random.nextInt(2));
      SketchIndex opened =
          SketchIndex.open(folder, Optional.empty(), never -> {}, SketchIndexTest.SMALL, kernels);
      assertTrue(index.lists() > 1);
      assertEquals(index.lists(), opened.lists());
      ListsTest.assertSame(random, opened, truth, clusters);
      SketchIndex goingOn = open(folder, kernels);
      for (int round = 0; round < 3; round++) {
        ListsTest.change(random, goingOn, truth, clusters);
        ListsTest.assertSame(random, goingOn, truth, clusters);
      }
    } finally {
      DirectoryTree.delete(folder);
    }
  }

  @Test
  void sketchesAreSavedAsTheLayoutSays(@TempDir Path folder) throws IOException {
    float[] basis = new float[2 * 70];
    basis[3] = 1;
    basis[70 + 5] = -1;
    Frame frame = new Frame(70, 1000, basis, new float[] {0.01f, 0.02f}, new PlainKernels());
    Sketches sketches = new Sketches(frame, Kernels.TILE);
    float[] vector = new float[70];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = i % 7 - 3;
    }
    sketches.set(1, vector, Similarity.norm(vector, 0, vector.length));
    byte[] heads = new byte[2 * Kernels.TILE];
    float[] widths = new float[Kernels.TILE];
    heads[0] = 5;
    widths[0] = 0.5f;
    try (NumberWriter writer = new NumberWriter(folder.resolve("sketches"))) {
      frame.write(writer);
      sketches.write(writer);
      new Centres(1, 2, heads, widths).write(writer);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(Files.readAllBytes(folder.resolve("sketches")));
    // If this fails, raise Snapshots.LAYOUT, and put the new values here beside it.
    assertEquals(4, Snapshots.LAYOUT);
    assertEquals(2_595_749_466L, checksum.getValue());
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
    assertEquals(100, rowsWithNumbers(saved, 64));
    SketchIndex opened = open(folder, new PlainKernels());
    opened.apply(List.of(), ids(many));
    assertEquals(0, opened.documentCount());
    assertArrayEquals(saved, Files.readAllBytes(folder.resolve(SegmentReader.VECTORS)));
  }

  /** What fills a part's last tile up has none. */
  private static long rowsWithNumbers(byte[] saved, int dimension) {
    byte[] none = new byte[dimension * Float.BYTES];
    return IntStream.range(0, saved.length / none.length)
        .filter(
            row ->
                !Arrays.equals(
                    none, 0, none.length, saved, row * none.length, (row + 1) * none.length))
        .count();
  }

  private static List<Long> ids(List<DocumentVectors> documents) {
    return documents.stream().map(DocumentVectors::documentId).toList();
  }

  @Test
  void filesThatDoNotFitToEachOtherAreNotOpened(@TempDir Path folder) throws IOException {
    SketchIndex index = index();
    Clusters clusters = new Clusters(64, 3, 1);
    index.apply(
        LongStream.range(0, 300).mapToObj(id -> clusters.document(id, 1)).toList(), List.of());
    save(index, folder);
    for (String name : List.of(SegmentReader.VECTORS, SegmentReader.ROWS, SegmentReader.SKETCHES)) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (byte[] wrong : List.of(cut(whole, whole.length - 1), cut(whole, whole.length + 9))) {
        Files.write(file, wrong, StandardOpenOption.TRUNCATE_EXISTING);
        assertThrows(IOException.class, () -> open(folder, new PlainKernels()), name);
      }
      Files.write(file, whole, StandardOpenOption.TRUNCATE_EXISTING);
    }
    assertEquals(300, open(folder, new PlainKernels()).documentCount());
  }

  private static byte[] cut(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static DocumentVectors of(long id, float... vector) {
    return new DocumentVectors(id, vector.length, new int[] {0}, vector);
  }
}
