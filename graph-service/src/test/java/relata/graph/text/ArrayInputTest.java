package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.RandomAccessInput;
import org.junit.jupiter.api.Test;

/** Reads what Lucene's own reads. */
class ArrayInputTest {
  private static final int LENGTH = 1_000;

  private final byte[] bytes = bytes();

  private static byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    new Random(31).nextBytes(bytes);
    return bytes;
  }

  private IndexInput ours() {
    return new ArrayInput("ours", bytes);
  }

  private IndexInput lucenes() {
    return new ByteBuffersIndexInput(
        new ByteBuffersDataInput(List.of(ByteBuffer.wrap(bytes))), "Lucene's");
  }

  @Test
  void readsOneAfterTheOther() throws IOException {
    assertReadsAlike(lucenes(), ours());
    assertReadsAlike(lucenes().slice("part", 7, 900), ours().slice("part", 7, 900));
    assertReadsAlike(
        lucenes().slice("part", 7, 990).slice("part", 3, 800),
        ours().slice("part", 7, 990).slice("part", 3, 800));
  }

  private static void assertReadsAlike(IndexInput lucenes, IndexInput ours) throws IOException {
    assertEquals(lucenes.length(), ours.length());
    assertEquals(lucenes.readByte(), ours.readByte());
    assertEquals(lucenes.readShort(), ours.readShort());
    assertEquals(lucenes.readInt(), ours.readInt());
    assertEquals(lucenes.readLong(), ours.readLong());
    assertEquals(lucenes.readVLong(), ours.readVLong());
    int[][] ints = new int[2][40];
    lucenes.readInts(ints[0], 3, 33);
    ours.readInts(ints[1], 3, 33);
    assertArrayEquals(ints[0], ints[1]);
    long[][] longs = new long[2][40];
    lucenes.readLongs(longs[0], 2, 31);
    ours.readLongs(longs[1], 2, 31);
    assertArrayEquals(longs[0], longs[1]);
    float[][] floats = new float[2][40];
    lucenes.readFloats(floats[0], 0, 29);
    ours.readFloats(floats[1], 0, 29);
    assertArrayEquals(floats[0], floats[1]);
    byte[][] some = new byte[2][40];
    lucenes.readBytes(some[0], 1, 39);
    ours.readBytes(some[1], 1, 39);
    assertArrayEquals(some[0], some[1]);
    lucenes.skipBytes(5);
    ours.skipBytes(5);
    assertEquals(lucenes.getFilePointer(), ours.getFilePointer());
    lucenes.seek(11);
    ours.seek(11);
    assertEquals(lucenes.readInt(), ours.readInt());
  }

  @Test
  void readsAnywhere() throws IOException {
    RandomAccessInput lucenes = lucenes().randomAccessSlice(13, 700);
    RandomAccessInput ours = ours().randomAccessSlice(13, 700);
    assertEquals(lucenes.length(), ours.length());
    for (int position = 0; position <= 692; position++) {
      assertEquals(lucenes.readByte(position), ours.readByte(position));
      assertEquals(lucenes.readShort(position), ours.readShort(position));
      assertEquals(lucenes.readInt(position), ours.readInt(position));
      assertEquals(lucenes.readLong(position), ours.readLong(position));
    }
  }

  @Test
  void clonesReadForThemselves() throws IOException {
    IndexInput one = ours();
    one.seek(100);
    IndexInput other = one.clone();
    one.readLong();
    assertEquals(108, one.getFilePointer());
    assertEquals(100, other.getFilePointer());
    assertEquals(bytes[100], other.readByte());
  }

  @Test
  void nothingIsReadBeyondThePart() throws IOException {
    IndexInput part = ours().slice("part", 10, 20);
    part.seek(20);
    assertThrows(EOFException.class, part::readByte);
    part.seek(17);
    assertThrows(EOFException.class, part::readInt);
    assertThrows(EOFException.class, () -> part.readInts(new int[9], 0, 9));
    assertThrows(EOFException.class, () -> part.seek(21));
    assertThrows(EOFException.class, () -> part.seek(-1));
    assertThrows(EOFException.class, () -> part.slice("larger", 10, 11));
    RandomAccessInput anywhere = part.randomAccessSlice(0, 20);
    assertThrows(EOFException.class, () -> anywhere.readLong(13));
    assertThrows(EOFException.class, () -> anywhere.readByte(-1));
    assertEquals(17, part.getFilePointer(), "what failed took nothing");
  }
}
