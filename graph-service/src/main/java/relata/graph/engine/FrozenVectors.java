package relata.graph.engine;

import java.io.IOException;
import java.nio.file.Path;
import relata.graph.vector.VectorIndex;

/** One state of an index, which stays readable while the index goes on. */
final class FrozenVectors implements VectorIndex.Frozen {
  private final Publication.Reading reading;
  private final int segmentRows;

  FrozenVectors(Publication.Reading reading, int segmentRows) {
    this.reading = reading;
    this.segmentRows = segmentRows;
  }

  @Override
  public void save(Path folder) throws IOException {
    try (SegmentWriter writer = new SegmentWriter(reading.state(), segmentRows, folder)) {
      writer.write();
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
