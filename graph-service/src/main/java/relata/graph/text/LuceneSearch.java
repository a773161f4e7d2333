package relata.graph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Asks one state of a Lucene index. */
final class LuceneSearch {
  private static final Sort IN_ORDER =
      new Sort(new SortField(ChunkFields.ORDINAL, SortField.Type.LONG));

  private final Language language;
  private final WordSearcher searcher;

  LuceneSearch(Language language, WordSearcher searcher) {
    this.language = language;
    this.searcher = searcher;
  }

  /** Nothing if there is no word to look for. */
  private Optional<Query> lucene(TextQuery query) throws IOException {
    Optional<Query> found = WordQuery.of(words(query), searcher);
    if (query instanceof TextQuery.Like like) {
      Query itself = new TermQuery(ChunkFields.document(like.documentId()));
      found = found.map(words -> and(words, itself, BooleanClause.Occur.MUST_NOT));
    }
    return query.filter().isNone()
        ? found
        : found.map(
            words -> and(words, FilterQuery.of(query.filter()), BooleanClause.Occur.FILTER));
  }

  QueryWords words(TextQuery query) throws IOException {
    return switch (query) {
      case TextQuery.Typed typed -> QueryWords.typed(language, typed.text(), typed.maxWords());
      case TextQuery.Like like -> QueryWords.indexed(language, salient(like));
    };
  }

  private List<String> salient(TextQuery.Like like) throws IOException {
    Query itself = new TermQuery(ChunkFields.document(like.documentId()));
    List<TextChunk> chunks = new ArrayList<>();
    for (ScoreDoc found : searcher.search(itself, like.maxChunks(), IN_ORDER).scoreDocs) {
      chunks.add(ChunkFields.read(searcher.storedFields().document(found.doc)));
    }
    return SalientWords.of(language, searcher.getIndexReader(), chunks, like.maxWords());
  }

  private static Query and(Query query, Query other, BooleanClause.Occur occur) {
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(other, occur)
        .build();
  }

  /** The best documents. */
  List<TextHit> best(TextQuery query, int limit) throws IOException {
    Optional<Query> lucene = lucene(query);
    if (lucene.isEmpty()) {
      return List.of();
    }
    return searcher.search(lucene.get(), BestDocuments.of(limit));
  }

  Map<ChunkKey, Double> scores(TextQuery query, Collection<ChunkKey> chunks) throws IOException {
    Optional<Query> lucene = lucene(query);
    if (lucene.isEmpty() || chunks.isEmpty()) {
      return Map.of();
    }
    Query rewritten = searcher.rewrite(lucene.get());
    Weight weight = searcher.createWeight(rewritten, ScoreMode.COMPLETE, 1);
    ChunkPlaces places = new ChunkPlaces(chunks);
    Map<ChunkKey, Double> scores = new HashMap<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      List<ChunkPlaces.Place> there = places.in(leaf);
      Scorer scorer = there.isEmpty() ? null : weight.scorer(leaf);
      if (scorer != null) {
        score(scorer, there, scores);
      }
    }
    return scores;
  }

  private static void score(
      Scorer scorer, List<ChunkPlaces.Place> places, Map<ChunkKey, Double> into)
      throws IOException {
    DocIdSetIterator found = scorer.iterator();
    for (ChunkPlaces.Place place : places) {
      int at = found.docID() < place.at() ? found.advance(place.at()) : found.docID();
      if (at == place.at()) {
        into.put(place.key(), (double) scorer.score());
      }
    }
  }

  Optional<ScorePart> explain(TextQuery query, ChunkKey chunk) throws IOException {
    Optional<Query> lucene = lucene(query);
    TopDocs found = searcher.search(new TermQuery(ChunkFields.chunk(chunk)), 1);
    if (lucene.isEmpty() || found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    Explanation explanation = searcher.explain(lucene.get(), found.scoreDocs[0].doc);
    return explanation.isMatch() ? Optional.of(part(explanation)) : Optional.empty();
  }

  private static ScorePart part(Explanation explanation) {
    return new ScorePart(
        explanation.getDescription(),
        explanation.getValue().doubleValue(),
        List.of(explanation.getDetails()).stream().map(LuceneSearch::part).toList());
  }

  ChunkSet passing(ChunkFilter filter) throws IOException {
    ChunkSet passing = new ChunkSet();
    Query query = searcher.rewrite(FilterQuery.of(filter));
    Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        collect(leaf, scorer.iterator(), passing);
      }
    }
    return passing;
  }

  private static void collect(LeafReaderContext leaf, DocIdSetIterator found, ChunkSet into)
      throws IOException {
    ChunkNumbers numbers = new ChunkNumbers(leaf);
    Bits live = leaf.reader().getLiveDocs();
    for (int at = found.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = found.nextDoc()) {
      if (live == null || live.get(at)) {
        into.add(numbers.documentId(at), numbers.ordinal(at));
      }
    }
  }

  Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys) throws IOException {
    ChunkPlaces places = new ChunkPlaces(keys);
    Map<ChunkKey, TextChunk> chunks = new HashMap<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      List<ChunkPlaces.Place> there = places.in(leaf);
      if (!there.isEmpty()) {
        StoredFields stored = leaf.reader().storedFields();
        for (ChunkPlaces.Place place : there) {
          chunks.put(place.key(), ChunkFields.read(stored.document(place.at())));
        }
      }
    }
    return chunks;
  }
}
