package relata.peers;

import org.bytedeco.openblas.global.openblas;
import relata.graph.bench.ProductPeer;

/** Multiplies by {@code sgemm}, on all processors. */
public final class OpenBlas implements ProductPeer {
  /** As the class path's services are made. */
  public OpenBlas() {
    openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void multiply(
      float[] vectors, int count, float[] others, int otherCount, int dimension, float[] products) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        count,
        otherCount,
        dimension,
        1,
        vectors,
        dimension,
        others,
        dimension,
        0,
        products,
        otherCount);
  }
}
