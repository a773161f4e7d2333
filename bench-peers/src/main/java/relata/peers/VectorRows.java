package relata.peers;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Vectors and their ids, 0 for the first, as Arrow reads them. */
final class VectorRows extends ArrowReader {
  static final String ID = "id";
  static final String VECTOR = "vector";

  private static final int BATCH = 8_192;

  private final float[][] vectors;
  private int next;

  VectorRows(BufferAllocator memory, float[][] vectors) {
    super(memory);
    this.vectors = vectors;
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    if (next == vectors.length) {
      return false;
    }
    prepareLoadNextBatch();
    VectorSchemaRoot root = getVectorSchemaRoot();
    int rows = Math.min(BATCH, vectors.length - next);
    int dimension = vectors[0].length;
    BigIntVector ids = (BigIntVector) root.getVector(ID);
    FixedSizeListVector lists = (FixedSizeListVector) root.getVector(VECTOR);
    ids.allocateNew(rows);
    lists.setInitialCapacity(rows);
    lists.allocateNew();
    Float4Vector numbers = (Float4Vector) lists.getDataVector();
    numbers.allocateNew(rows * dimension);
    for (int row = 0; row < rows; row++) {
      ids.set(row, next + row);
      lists.setNotNull(row);
      for (int i = 0; i < dimension; i++) {
        numbers.set(row * dimension + i, vectors[next + row][i]);
      }
    }
    ids.setValueCount(rows);
    numbers.setValueCount(rows * dimension);
    lists.setValueCount(rows);
    root.setRowCount(rows);
    next += rows;
    return true;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    Field number =
        new Field(
            "item",
            FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
            null);
    return new Schema(
        List.of(
            new Field(ID, FieldType.notNullable(new ArrowType.Int(64, true)), null),
            new Field(
                VECTOR,
                FieldType.notNullable(new ArrowType.FixedSizeList(vectors[0].length)),
                List.of(number))));
  }
}
