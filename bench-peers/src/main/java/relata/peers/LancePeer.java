package relata.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Session;
import org.lance.WriteParams;
import org.lance.index.DistanceType;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;
import relata.graph.bench.SearchPeer;

/**
 * Lance by its Java binding, with the index that answered fastest of those tried: HNSW over vectors
 * of a byte a coordinate in one partition, the best compared again as floats. Everything is held in
 * its caches.
 */
public final class LancePeer implements SearchPeer {
  private static final String INDEX = "by_vector";
  private static final String DISTANCE = "_distance";
  private static final int EDGES = 20;
  private static final int EXPLORED_IN_BUILD = 150;
  private static final short BITS = 8;
  private static final int COMPARED_AGAIN = 2;
  private static final long INDEX_CACHE_BYTES = 4L << 30;
  private static final long METADATA_CACHE_BYTES = 1L << 30;

  private final BufferAllocator memory = new RootAllocator();
  private Path folder;
  private Dataset dataset;

  @Override
  public String name() {
    return "lance";
  }

  @Override
  public void build(float[][] vectors, IntPredicate kept) throws IOException {
    folder = Files.createTempDirectory("relata-bench-lance-");
    String place = folder.resolve("vectors.lance").toString();
    try (VectorRows rows = new VectorRows(memory, vectors);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(memory)) {
      Data.exportArrayStream(memory, rows, stream);
      Dataset.create(memory, stream, place, new WriteParams.Builder().build()).close();
    }
    try (Dataset written = Dataset.open(place, memory)) {
      VectorIndexParams index =
          VectorIndexParams.withIvfHnswSqParams(
              DistanceType.Cosine,
              new IvfBuildParams.Builder().setNumPartitions(1).build(),
              new HnswBuildParams.Builder()
                  .setM(EDGES)
                  .setEfConstruction(EXPLORED_IN_BUILD)
                  .build(),
              new SQBuildParams.Builder().setNumBits(BITS).build());
      written.createIndex(
          List.of(VectorRows.VECTOR),
          IndexType.IVF_HNSW_SQ,
          Optional.of(INDEX),
          IndexParams.builder().setVectorIndexParams(index).build(),
          true);
    }
    dataset =
        Dataset.open()
            .allocator(memory)
            .uri(place)
            .session(Session.create(INDEX_CACHE_BYTES, METADATA_CACHE_BYTES))
            .build();
  }

  @Override
  public List<Long> nearest(float[] vector, int limit, int effort) {
    Query query =
        new Query.Builder()
            .setColumn(VectorRows.VECTOR)
            .setKey(vector)
            .setK(limit)
            .setDistanceType(DistanceType.Cosine)
            .setUseIndex(true)
            .setMinimumNprobes(1)
            .setMaximumNprobes(1)
            .setEf(Math.max(effort, limit * COMPARED_AGAIN))
            .setRefineFactor(COMPARED_AGAIN)
            .build();
    ScanOptions options =
        new ScanOptions.Builder().columns(List.of(VectorRows.ID, DISTANCE)).nearest(query).build();
    List<Long> ids = new ArrayList<>(limit);
    try (LanceScanner scanner = dataset.newScan(options);
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        BigIntVector found = (BigIntVector) batches.getVectorSchemaRoot().getVector(VectorRows.ID);
        for (int i = 0; i < found.getValueCount(); i++) {
          ids.add(found.get(i));
        }
      }
      return ids;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (Exception failed) {
      throw new IllegalStateException("Lance cannot search", failed);
    }
  }

  @Override
  public void close() throws IOException {
    if (dataset != null) {
      dataset.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
