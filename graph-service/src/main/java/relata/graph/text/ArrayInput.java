package relata.graph.text;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.RandomAccessInput;

/**
 * A file of an index, or a part of one, in an array. Lucene's own for files in memory goes through
 * buffers for each number that it reads: searches take a third longer with it.
 */
final class ArrayInput extends IndexInput implements RandomAccessInput {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;

  ArrayInput(String name, byte[] bytes) {
    this(name, bytes, 0, bytes.length);
  }

  private ArrayInput(String name, byte[] bytes, int start, int end) {
    super(name);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    at = start;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public byte readByte() throws IOException {
    return bytes[take(1)];
  }

  @Override
  public void readBytes(byte[] into, int offset, int count) throws IOException {
    System.arraycopy(bytes, take(count), into, offset, count);
  }

  @Override
  public short readShort() throws IOException {
    return (short) SHORT.get(bytes, take(Short.BYTES));
  }

  @Override
  public int readInt() throws IOException {
    return (int) INT.get(bytes, take(Integer.BYTES));
  }

  @Override
  public long readLong() throws IOException {
    return (long) LONG.get(bytes, take(Long.BYTES));
  }

  @Override
  public void readInts(int[] into, int offset, int count) throws IOException {
    int from = take((long) Integer.BYTES * count);
    for (int i = 0; i < count; i++) {
      into[offset + i] = (int) INT.get(bytes, from + Integer.BYTES * i);
    }
  }

  @Override
  public void readLongs(long[] into, int offset, int count) throws IOException {
    int from = take((long) Long.BYTES * count);
    for (int i = 0; i < count; i++) {
      into[offset + i] = (long) LONG.get(bytes, from + Long.BYTES * i);
    }
  }

  @Override
  public void readFloats(float[] into, int offset, int count) throws IOException {
    int from = take((long) Float.BYTES * count);
    for (int i = 0; i < count; i++) {
      into[offset + i] = (float) FLOAT.get(bytes, from + Float.BYTES * i);
    }
  }

  @Override
  public byte readByte(long position) throws IOException {
    return bytes[place(position, 1)];
  }

  @Override
  public short readShort(long position) throws IOException {
    return (short) SHORT.get(bytes, place(position, Short.BYTES));
  }

  @Override
  public int readInt(long position) throws IOException {
    return (int) INT.get(bytes, place(position, Integer.BYTES));
  }

  @Override
  public long readLong(long position) throws IOException {
    return (long) LONG.get(bytes, place(position, Long.BYTES));
  }

  @Override
  public long getFilePointer() {
    return at - start;
  }

  @Override
  public void seek(long position) throws IOException {
    at = place(position, 0);
  }

  @Override
  public void skipBytes(long count) throws IOException {
    var unused = take(count);
  }

  @Override
  public long length() {
    return end - start;
  }

  @Override
  public ArrayInput clone() {
    return (ArrayInput) super.clone();
  }

  @Override
  public ArrayInput slice(String description, long offset, long length) throws IOException {
    int from = place(offset, length);
    return new ArrayInput(getFullSliceDescription(description), bytes, from, from + (int) length);
  }

  @Override
  public RandomAccessInput randomAccessSlice(long offset, long length) throws IOException {
    return slice("random access", offset, length);
  }

  @Override
  public void close() {
    // It is of the heap alone.
  }

  /** Where the next ones stand, which are passed. */
  private int take(long count) throws EOFException {
    int from = at;
    if (count < 0 || count > end - from) {
      throw beyond(from - start, count);
    }
    at += (int) count;
    return from;
  }

  /** Where some stand. */
  private int place(long position, long count) throws EOFException {
    if (position < 0 || count < 0 || count > end - start - position) {
      throw beyond(position, count);
    }
    return start + (int) position;
  }

  private EOFException beyond(long position, long count) {
    return new EOFException(
        "%d bytes at %d of %d in %s".formatted(count, position, length(), this));
  }
}
