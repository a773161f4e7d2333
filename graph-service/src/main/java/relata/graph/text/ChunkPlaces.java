package relata.graph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Where some chunks stand in an index. A search for each of them would find them, too; but most of
 * what it does is for queries of many words and results.
 */
final class ChunkPlaces {
  private final List<Term> terms;

  private record Term(ChunkKey key, BytesRef bytes) {}

  /**
   * A chunk that is there.
   *
   * @param at its number within its part of the index
   */
  record Place(ChunkKey key, int at) {}

  ChunkPlaces(Collection<ChunkKey> keys) {
    terms =
        keys.stream()
            .map(key -> new Term(key, ChunkFields.chunk(key).bytes()))
            .sorted(Comparator.comparing(Term::bytes))
            .toList();
  }

  /** Those of them that stand in a part of the index, in its order. */
  List<Place> in(LeafReaderContext leaf) throws IOException {
    Terms known = leaf.reader().terms(ChunkFields.CHUNK);
    if (known == null) {
      return List.of();
    }
    List<Place> places = new ArrayList<>();
    Bits live = leaf.reader().getLiveDocs();
    TermsEnum words = known.iterator();
    PostingsEnum found = null;
    for (Term term : terms) {
      if (words.seekExact(term.bytes())) {
        found = words.postings(found, PostingsEnum.NONE);
        // One that was replaced stands here as well until it is merged away.
        for (int at = found.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = found.nextDoc()) {
          if (live == null || live.get(at)) {
            places.add(new Place(term.key(), at));
          }
        }
      }
    }
    places.sort(Comparator.comparingInt(Place::at));
    return places;
  }
}
