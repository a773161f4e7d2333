package relata.local.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 (sentence-transformers), quantised to 8 bits, run by ONNX Runtime.
 *
 * <p>One text a call, on one thread, always. The quantisation is dynamic: the scale of the 8-bit
 * values is taken from everything in the call, so a text that shares its call with another text, or
 * just with padding, gets a vector that differs by up to 0.03 in a component. Alone, the same text
 * gives the same vector bit for bit. Several threads may call at once.
 */
final class MiniLm implements AutoCloseable {

  /** What the model was made for; beyond it, its quality is not known. */
  static final int CONTEXT_TOKENS = 256;

  static final int DIMENSIONS = 384;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces wordPieces;

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces wordPieces) {
    this.environment = environment;
    this.session = session;
    this.wordPieces = wordPieces;
  }

  /** Takes about half a second and 120 MiB outside of the heap. */
  static MiniLm load(byte[] onnx, WordPieces wordPieces) {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "relata");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Two texts on a thread each are a third faster than one text on two threads.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new MiniLm(environment, environment.createSession(onnx, options), wordPieces);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be loaded", e);
    }
  }

  WordPieces wordPieces() {
    return wordPieces;
  }

  /**
   * @param tokens the ids of one text, beginning and end marker included, at most {@link
   *     #CONTEXT_TOKENS}
   * @return the mean of the tokens' vectors, of length 1, {@link #DIMENSIONS} components
   */
  float[] embed(long[] tokens) {
    long[] shape = {1, tokens.length};
    long[] attended = new long[tokens.length];
    Arrays.fill(attended, 1);
    try (OnnxTensor ids = tensor(tokens, shape);
        OnnxTensor mask = tensor(attended, shape);
        OnnxTensor types = tensor(new long[tokens.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      OnnxTensor hidden = (OnnxTensor) result.get(0);
      return mean(hidden.getFloatBuffer(), tokens.length);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed: " + e.getCode(), e);
    }
  }

  @Override
  public void close() {
    try (wordPieces) {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be unloaded", e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** In one fixed order and in double, so that the result is a function of the input alone. */
  private static float[] mean(FloatBuffer hidden, int tokens) {
    double[] sum = new double[DIMENSIONS];
    for (int token = 0; token < tokens; token++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        sum[i] += hidden.get(token * DIMENSIONS + i);
      }
    }
    return Vectors.normalized(sum, DIMENSIONS);
  }
}
