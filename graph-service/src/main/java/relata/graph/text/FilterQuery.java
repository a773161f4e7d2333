package relata.graph.text;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** A filter in Lucene's terms. */
final class FilterQuery {
  private FilterQuery() {}

  static Query of(ChunkFilter filter) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER);
    if (!filter.kinds().isEmpty()) {
      List<BytesRef> kinds = filter.kinds().stream().map(BytesRef::new).toList();
      query.add(new TermInSetQuery(ChunkFields.KIND, kinds), BooleanClause.Occur.FILTER);
    }
    for (Condition condition : filter.conditions()) {
      switch (condition) {
        case Condition.AnyOf(String path, List<Value> values) ->
            query.add(anyOf(path, values), BooleanClause.Occur.FILTER);
        case Condition.Range range -> query.add(between(range), BooleanClause.Occur.FILTER);
        case Condition.Exists(String path, boolean isWanted) ->
            query.add(
                new TermQuery(AttributeTerms.term(AttributeTerms.exists(path))),
                isWanted ? BooleanClause.Occur.FILTER : BooleanClause.Occur.MUST_NOT);
      }
    }
    return query.build();
  }

  private static Query anyOf(String path, List<Value> values) {
    return new TermInSetQuery(
        AttributeTerms.FIELD,
        values.stream().map(value -> AttributeTerms.value(path, value)).toList());
  }

  private static Query between(Condition.Range range) {
    Term low =
        AttributeTerms.term(AttributeTerms.value(range.path(), new Value.Number(range.low())));
    Term high =
        AttributeTerms.term(AttributeTerms.value(range.path(), new Value.Number(range.high())));
    return new TermRangeQuery(
        AttributeTerms.FIELD, low.bytes(), high.bytes(), range.withLow(), range.withHigh());
  }
}
