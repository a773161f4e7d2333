package relata.graph.search;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import relata.graph.problem.ProblemException;
import relata.graph.search.Fusion.Fused;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkKey;

/**
 * Where a search goes on: all that is still to come of its ranking, spelt so that it passes through
 * JSON and URLs. So nothing has to be kept here, any replica can go on, and whatever is written
 * meanwhile, no document comes twice or is passed over. About thirty characters a document.
 */
final class Cursor {
  private static final int FORMAT = 1;

  /** Similarities are rounded to so much. */
  private static final double GRID = 1e9;

  private static final String MALFORMED = "must be the next of a page";
  private static final String OTHER_SEARCH =
      "is of another search; send it with the same body as the page it came with (only limit,"
          + " highlights and explain may differ), or leave it out";
  private static final String OTHER_GENERATION =
      "is of a generation that is not served any more; search again without it";

  private Cursor() {}

  /**
   * @param rest what is still to come
   */
  static String write(long generationId, Checked search, Ranking ranking, List<Fused> rest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORMAT);
      out.writeLong(generationId);
      out.writeLong(search.identity());
      writeFlag(out, ranking.semanticAvailable());
      writeFlag(out, ranking.reranked());
      writeNumber(out, rest.size());
      for (Fused hit : rest) {
        writeNumber(out, hit.chunk().documentId());
        writeNumber(out, hit.chunk().ordinal());
        out.writeDouble(hit.score());
        writeNumber(out, hit.semanticRank() == null ? 0 : hit.semanticRank());
        if (hit.semanticRank() != null) {
          out.writeInt((int) Math.rint(hit.semanticScore() * GRID));
        }
        writeNumber(out, hit.lexicalRank() == null ? 0 : hit.lexicalRank());
        if (hit.lexicalRank() != null) {
          out.writeFloat(hit.lexicalScore().floatValue());
        }
        writeFlag(out, hit.rerankScore() == null ? null : true);
        if (hit.rerankScore() != null) {
          out.writeDouble(hit.rerankScore());
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * What is still to come.
   *
   * @param most how many documents a cursor may hold
   * @throws ProblemException if it is none, or not of this search
   */
  static Ranking read(long generationId, Checked search, int most) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(search.after());
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      require(in.readByte() == FORMAT, MALFORMED);
      require(in.readLong() == generationId, OTHER_GENERATION);
      require(in.readLong() == search.identity(), OTHER_SEARCH);
      Boolean semanticAvailable = readFlag(in);
      Boolean reranked = readFlag(in);
      long count = readNumber(in);
      require(count >= 1 && count <= most, MALFORMED);
      List<Fused> hits = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Fused hit = readHit(in);
        require(search.mode().orders(hit), MALFORMED);
        hits.add(hit);
      }
      require(in.read() < 0, MALFORMED);
      boolean byWordsAlone = Boolean.FALSE.equals(semanticAvailable);
      return new Ranking(
          semanticAvailable,
          byWordsAlone ? Ranking.BY_WORDS_ALONE : null,
          reranked,
          List.of(),
          hits);
    } catch (ArithmeticException | IllegalArgumentException | IOException malformed) {
      throw ProblemException.badField("after", MALFORMED);
    }
  }

  private static Fused readHit(DataInputStream in) throws IOException {
    ChunkKey chunk = new ChunkKey(readNumber(in), Math.toIntExact(readNumber(in)));
    double score = in.readDouble();
    int semanticRank = Math.toIntExact(readNumber(in));
    Double semanticScore = semanticRank == 0 ? null : Double.valueOf(in.readInt() / GRID);
    int lexicalRank = Math.toIntExact(readNumber(in));
    Double lexicalScore = lexicalRank == 0 ? null : Double.valueOf(in.readFloat());
    return new Fused(
        chunk,
        score,
        semanticScore,
        lexicalScore,
        semanticRank == 0 ? null : semanticRank,
        lexicalRank == 0 ? null : lexicalRank,
        readFlag(in) == null ? null : Double.valueOf(in.readDouble()));
  }

  private static void writeFlag(DataOutputStream out, Boolean flag) throws IOException {
    out.writeByte(flag == null ? 0 : flag ? 2 : 1);
  }

  private static Boolean readFlag(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 0 -> null;
      case 1 -> false;
      case 2 -> true;
      default -> throw new IOException("no flag");
    };
  }

  /** Seven bits a byte, the lowest first; the eighth says that there are more. */
  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long left = number;
    while (left > 0x7F) {
      out.writeByte((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      byte next = in.readByte();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("no number");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw ProblemException.badField("after", otherwise);
    }
  }
}
