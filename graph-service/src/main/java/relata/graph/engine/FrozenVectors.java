package relata.graph.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import relata.graph.vector.VectorIndex;

/** One state of an index, which stays readable while the index goes on. */
final class FrozenVectors implements VectorIndex.Frozen {
  private final Publication.Reading reading;
  private final Map<Integer, Frame> frames;
  private final int segmentRows;

  /**
   * @param frames by dimension the newest
   */
  FrozenVectors(Publication.Reading reading, Map<Integer, Frame> frames, int segmentRows) {
    this.reading = reading;
    this.frames = frames;
    this.segmentRows = segmentRows;
  }

  @Override
  public void save(Path folder) throws IOException {
    try (SegmentWriter writer = new SegmentWriter(reading.state(), frames, segmentRows, folder)) {
      writer.write();
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
