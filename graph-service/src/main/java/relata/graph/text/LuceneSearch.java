package relata.graph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Asks one state of a Lucene index. */
final class LuceneSearch {
  private static final Sort IN_ORDER =
      new Sort(new SortField(ChunkFields.ORDINAL, SortField.Type.LONG));

  private final Language language;
  private final IndexSearcher searcher;

  LuceneSearch(Language language, IndexSearcher searcher) {
    this.language = language;
    this.searcher = searcher;
  }

  /** Nothing if there is no word to look for. */
  private Optional<Query> lucene(TextQuery query) throws IOException {
    Optional<Query> found = WordQuery.of(words(query));
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

  /** More chunks are asked for until they are of enough documents, or there are no more. */
  List<TextHit> best(TextQuery query, int limit) throws IOException {
    Optional<Query> lucene = lucene(query);
    if (lucene.isEmpty()) {
      return List.of();
    }
    int chunks = 4 * limit;
    while (true) {
      TopDocs found = searcher.search(lucene.get(), chunks);
      List<TextHit> hits = byDocument(found);
      if (hits.size() >= limit || found.scoreDocs.length < chunks) {
        return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
      }
      chunks *= 4;
    }
  }

  private List<TextHit> byDocument(TopDocs found) throws IOException {
    Map<Long, TextHit> best = new HashMap<>();
    for (TextHit hit : hits(found)) {
      best.merge(hit.documentId(), hit, LuceneSearch::better);
    }
    List<TextHit> hits = new ArrayList<>(best.values());
    hits.sort(
        (a, b) ->
            a.score() == b.score()
                ? Long.compare(a.documentId(), b.documentId())
                : Double.compare(b.score(), a.score()));
    return hits;
  }

  private static TextHit better(TextHit first, TextHit second) {
    boolean lower = second.score() == first.score() && second.ordinal() < first.ordinal();
    return second.score() > first.score() || lower ? second : first;
  }

  /** In the order in which they stand in the index: so each of its parts is opened once. */
  private List<TextHit> hits(TopDocs found) throws IOException {
    ScoreDoc[] chunks = found.scoreDocs.clone();
    Arrays.sort(chunks, Comparator.comparingInt(chunk -> chunk.doc));
    List<TextHit> hits = new ArrayList<>();
    int next = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      int end = leaf.docBase + leaf.reader().maxDoc();
      if (next == chunks.length || chunks[next].doc >= end) {
        continue;
      }
      NumericDocValues documentIds = leaf.reader().getNumericDocValues(ChunkFields.DOCUMENT_ID);
      NumericDocValues ordinals = leaf.reader().getNumericDocValues(ChunkFields.ORDINAL);
      for (; next < chunks.length && chunks[next].doc < end; next++) {
        int at = chunks[next].doc - leaf.docBase;
        hits.add(
            new TextHit(number(documentIds, at), (int) number(ordinals, at), chunks[next].score));
      }
    }
    return hits;
  }

  private static long number(NumericDocValues values, int document) throws IOException {
    if (values == null || !values.advanceExact(document)) {
      throw new IllegalStateException("a chunk without its document or ordinal");
    }
    return values.longValue();
  }

  Map<ChunkKey, Double> scores(TextQuery query, Collection<ChunkKey> chunks) throws IOException {
    Optional<Query> lucene = lucene(query);
    if (lucene.isEmpty() || chunks.isEmpty()) {
      return Map.of();
    }
    List<BytesRef> terms = chunks.stream().map(key -> ChunkFields.chunk(key).bytes()).toList();
    Query among = new TermInSetQuery(ChunkFields.CHUNK, terms);
    Query both = and(lucene.get(), among, BooleanClause.Occur.FILTER);
    Map<ChunkKey, Double> scores = new HashMap<>();
    for (TextHit hit : hits(searcher.search(both, chunks.size()))) {
      scores.put(hit.chunk(), hit.score());
    }
    return scores;
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
    NumericDocValues documentIds = leaf.reader().getNumericDocValues(ChunkFields.DOCUMENT_ID);
    NumericDocValues ordinals = leaf.reader().getNumericDocValues(ChunkFields.ORDINAL);
    Bits live = leaf.reader().getLiveDocs();
    for (int at = found.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = found.nextDoc()) {
      if (live == null || live.get(at)) {
        into.add(number(documentIds, at), (int) number(ordinals, at));
      }
    }
  }

  Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys) throws IOException {
    Map<ChunkKey, TextChunk> chunks = new HashMap<>();
    for (ChunkKey key : keys) {
      TopDocs found = searcher.search(new TermQuery(ChunkFields.chunk(key)), 1);
      if (found.scoreDocs.length > 0) {
        Document document = searcher.storedFields().document(found.scoreDocs[0].doc);
        chunks.put(key, ChunkFields.read(document));
      }
    }
    return chunks;
  }
}
