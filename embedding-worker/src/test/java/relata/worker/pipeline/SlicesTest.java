package relata.worker.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void documentsShareASliceWhileTheirChunksFit() {
    assertEquals(List.of(List.of(3, 4, 3)), slices(3, 4, 3));
  }

  @Test
  void whatDoesNotFitBeginsTheNextAndALargeOneIsAlone() {
    assertEquals(
        List.of(List.of(6, 4), List.of(1), List.of(50), List.of(10), List.of(1)),
        slices(6, 4, 1, 50, 10, 1));
  }

  @Test
  void nothingIsNoSlice() {
    assertEquals(List.of(), slices());
  }

  private static List<List<Integer>> slices(Integer... chunks) {
    return Slices.of(List.of(chunks), Integer::intValue, 10);
  }
}
