package relata.graph.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.testing.SnapshotSettings;

class SnapshotsTest {
  private static final SnapshotOrigin ORIGIN = new SnapshotOrigin(1, 2, "0000000A", 7, 3, 1000);

  @TempDir private Path folder;
  private Snapshots snapshots;

  @BeforeEach
  void open() {
    snapshots = new Snapshots(SnapshotSettings.in(folder));
  }

  @AfterEach
  void close() {
    snapshots.close();
  }

  private void reopen() {
    snapshots.close();
    open();
  }

  private void write(SnapshotOrigin origin, String content) throws IOException {
    try (Draft draft = snapshots.begin(origin.generationId(), 0)) {
      Files.writeString(draft.folder().resolve("first"), content);
      Files.createDirectory(draft.folder().resolve("more"));
      Files.writeString(draft.folder().resolve("more").resolve("second"), content + " again");
      Files.createFile(draft.folder().resolve("empty"));
      draft.publish(origin, 5, 6);
    }
  }

  private String read() throws IOException {
    Snapshot snapshot = snapshots.find(ORIGIN).orElseThrow();
    return Files.readString(snapshot.folder().resolve("first"));
  }

  private Path home() {
    return folder.resolve("generation-7");
  }

  @Test
  void whatWasWrittenIsFoundAfterARestart() throws IOException {
    write(ORIGIN, "content");
    reopen();
    assertEquals("content", read());
    Snapshot snapshot = snapshots.find(ORIGIN).orElseThrow();
    assertEquals(5, snapshot.documents());
    assertEquals(6, snapshot.chunks());
    assertEquals(Set.of(7L), snapshots.generations());
  }

  @Test
  void aNewOneTakesThePlaceOfTheOldOne() throws IOException {
    write(ORIGIN, "old");
    write(ORIGIN, "new");
    assertEquals("new", read());
    assertEquals(2, Folders.entries(home()).size(), "a manifest and what it names");
  }

  @Test
  void oneThatIsNotPublishedLeavesTheOldOneAndNothingElse() throws IOException {
    write(ORIGIN, "old");
    try (Draft draft = snapshots.begin(7, 0)) {
      Files.writeString(draft.folder().resolve("first"), "half");
    }
    assertEquals("old", read());
    assertEquals(2, Folders.entries(home()).size());
  }

  @Test
  void whatAKilledProcessHadWrittenIsDeletedByTheNextOne() throws IOException {
    write(ORIGIN, "old");
    Path half = snapshots.begin(7, 0).folder();
    Files.writeString(half.resolve("first"), "half");
    Files.writeString(home().resolve("manifest.new"), "half");
    Path alone = snapshots.begin(8, 0).folder();
    Files.writeString(alone.resolve("first"), "half");
    reopen();
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(alone));
    assertEquals("old", read());
  }

  @Test
  void oneFlippedBitAnywhereAndItIsThrownAway() throws IOException {
    write(ORIGIN, "content");
    List<Path> files = Folders.files(home());
    assertEquals(4, files.size());
    for (Path file : files) {
      write(ORIGIN, "content");
      long bits = Files.size(sameIn(file)) * Byte.SIZE;
      // One in each byte, and each place in one.
      for (int bit = 0; bit < bits; bit += Byte.SIZE + 1) {
        write(ORIGIN, "content");
        Path again = sameIn(file);
        byte[] wrong = Files.readAllBytes(again);
        wrong[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(again, wrong);
        assertThrownAway(file + " bit " + bit);
      }
    }
  }

  /** The data folder has another number each time. */
  private Path sameIn(Path file) throws IOException {
    String name = file.getFileName().toString();
    return Folders.files(home()).stream()
        .filter(other -> other.getFileName().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void assertThrownAway(String what) {
    assertEquals(Optional.empty(), snapshots.find(ORIGIN), what);
    assertFalse(Files.exists(home()), what);
  }

  @Test
  void aFileThatIsCutOrLongerOrMissingAndItIsThrownAway() throws IOException {
    for (String name : List.of("first", "second", "manifest")) {
      for (int change : List.of(-100, -1, 1)) {
        write(ORIGIN, "content");
        Path file = sameIn(Path.of(name));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, Math.max(0, whole.length + change)));
        assertThrownAway(name + " " + change);
      }
    }
    for (String name : List.of("first", "second", "empty")) {
      write(ORIGIN, "content");
      Files.delete(sameIn(Path.of(name)));
      assertThrownAway(name);
    }
  }

  @Test
  void aFileThatNobodyWroteAndItIsThrownAway() throws IOException {
    write(ORIGIN, "content");
    Files.createFile(sameIn(Path.of("second")).resolveSibling("third"));
    assertThrownAway("third");
  }

  @Test
  void anotherLayoutIsThrownAwayAlthoughItIsWhole() throws IOException {
    write(ORIGIN, "content");
    Path manifest = home().resolve("manifest");
    String text = Files.readString(manifest);
    String other =
        text.substring(0, text.lastIndexOf("end "))
            .replaceFirst("relata-snapshot \\d+", "relata-snapshot " + (Snapshots.LAYOUT + 1));
    Files.writeString(manifest, other + "end " + Checksum.of(other.getBytes(UTF_8)) + "\n");
    assertThrownAway("layout");
  }

  @Test
  void whatWasMadeFromSomethingElseIsThrownAway() throws IOException {
    for (SnapshotOrigin other :
        List.of(
            new SnapshotOrigin(9, 2, "0000000A", 7, 3, 1000),
            new SnapshotOrigin(1, 9, "0000000A", 7, 3, 1000),
            new SnapshotOrigin(1, 2, "00000009", 7, 3, 1000),
            new SnapshotOrigin(1, 2, "0000000A", 7, 9, 1000),
            new SnapshotOrigin(1, 2, "0000000A", 7, 3, 1001),
            new SnapshotOrigin(1, 2, "0000000A", 7, 3, 1000 - (1L << 31) - 1))) {
      write(other, "content");
      assertThrownAway(other.toString());
    }
    write(new SnapshotOrigin(1, 2, "0000000A", 7, 3, 999), "content");
    assertEquals("content", read());
  }

  @Test
  void anotherGenerationsFilesAreThrownAway() throws IOException {
    write(new SnapshotOrigin(1, 2, "0000000A", 8, 3, 1000), "content");
    Files.move(folder.resolve("generation-8"), home());
    assertThrownAway("moved");
  }

  @Test
  void whatDoesNotFitIsNotBegun() throws IOException {
    snapshots.close();
    snapshots =
        new Snapshots(
            SnapshotSettings.of(
                SnapshotSettings.in(folder, Map.of("relata.snapshot.max-size", "2K"))));
    write(ORIGIN, "x".repeat(600));
    assertThrows(IOException.class, () -> snapshots.begin(8, 1200));
    assertEquals(Set.of(7L), snapshots.generations());
    assertTrue(snapshots.find(ORIGIN).isPresent());
    snapshots.begin(8, 100).close();
  }

  @Test
  void aSecondProcessDoesWithout() throws IOException {
    write(ORIGIN, "content");
    Snapshots second = new Snapshots(SnapshotSettings.in(folder));
    assertFalse(second.isEnabled());
    assertEquals(Optional.empty(), second.find(ORIGIN));
    assertEquals(Set.of(), second.generations());
    assertEquals("content", read());
  }

  @Test
  void aFolderThatCannotBeMadeIsNone() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Snapshots none = new Snapshots(SnapshotSettings.in(file.resolve("snapshots")));
    assertFalse(none.isEnabled());
    assertEquals(Optional.empty(), none.find(ORIGIN));
  }

  @Test
  void whatElseIsInTheFolderStaysAsItIs() throws IOException {
    byte[] content = {1, 2, 3};
    Files.write(folder.resolve("other"), content);
    Files.createDirectory(folder.resolve("generation-x"));
    write(ORIGIN, "content");
    reopen();
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("other")));
    assertTrue(Files.exists(folder.resolve("generation-x")));
  }
}
