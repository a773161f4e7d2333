package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir Path folder;

  @Test
  void aSecondStackOnTheFolderIsRefusedInWords() {
    try (DataLock first = DataLock.take(folder)) {
      StackException refused =
          assertThrows(StackException.class, () -> DataLock.take(folder).close());
      assertTrue(refused.getMessage().contains("Another stack"), refused.getMessage());
      assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    }
  }

  @Test
  void theFolderIsFreeAfterwards() {
    DataLock.take(folder).close();
    DataLock.take(folder).close();
  }
}
