package relata.graph.edges;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.Neighbor;
import relata.graph.neighbor.NeighborList;
import relata.graph.neighbor.StoredLists;

/** graph.neighbor of one generation, within one transaction. */
final class NeighborTable implements StoredLists {
  /**
   * One row a list, looked up by keys as in {@link #DELETE}. A list that is full and ends before
   * the best arrival comes without its entries: most lists are like that, and they would be the
   * bulk of the transfer.
   */
  private static final String LOAD =
      """
      with wanted as (
        select document_id, max(best) as best
          from (select document_id, best from unnest($2::bigint[], $3::float8[]) a(document_id, best)
                union all
                select document_id, 'infinity' from unnest($4::bigint[]) c(document_id)
                union all
                select listed.document_id, 'infinity'
                  from unnest($4::bigint[]) c(document_id)
                 cross join lateral (
                   select n.document_id from graph.neighbor n
                    where n.generation_id = $1 and n.neighbor_id = c.document_id
                   offset 0) listed) w
         group by document_id)
      select document_id, open, floor,
             case when open then neighbor_ids end as neighbor_ids,
             case when open then similarities end as similarities,
             case when open then chunks end as chunks,
             case when open then neighbor_chunks end as neighbor_chunks
        from (select n.document_id,
                     count(*) < $5 or min(n.similarity) <= w.best as open,
                     case when count(*) >= $5 then min(n.similarity) end as floor,
                     array_agg(n.neighbor_id) as neighbor_ids,
                     array_agg(n.similarity) as similarities,
                     array_agg(n.chunk) as chunks,
                     array_agg(n.neighbor_chunk) as neighbor_chunks
                from wanted w
                join graph.neighbor n
                  on n.generation_id = $1 and n.document_id = w.document_id
               group by n.document_id, w.best) l
      """;

  /**
   * Each entry is looked up by its key, which {@code offset} keeps the planner to: it would join
   * all of the generation. By places, which hold because a generation has one writer at a time.
   */
  private static final String DELETE =
      """
      delete from graph.neighbor
       where ctid = any(array(
         select entry.ctid
           from unnest($2::bigint[], $3::bigint[]) d(document_id, neighbor_id)
          cross join lateral (
            select n.ctid from graph.neighbor n
             where n.generation_id = $1
               and n.document_id = d.document_id and n.neighbor_id = d.neighbor_id
            offset 0) entry))
      """;

  private static final String WRITE =
      """
      insert into graph.neighbor
             (generation_id, document_id, neighbor_id, similarity, chunk, neighbor_chunk)
      select $1, * from unnest($2::bigint[], $3::bigint[], $4::float8[], $5::int[], $6::int[])
          on conflict (generation_id, document_id, neighbor_id) do update
         set similarity = excluded.similarity, chunk = excluded.chunk,
             neighbor_chunk = excluded.neighbor_chunk
      """;

  private final Session session;
  private final long generationId;
  private final int maxNeighbors;
  private final ListFloors floors;

  NeighborTable(Session session, long generationId, int maxNeighbors, ListFloors floors) {
    this.session = session;
    this.generationId = generationId;
    this.maxNeighbors = maxNeighbors;
    this.floors = floors;
  }

  @Override
  public Map<Long, NeighborList> load(Set<Long> changed, Map<Long, Double> arrivals) {
    Map<Long, NeighborList> lists = new HashMap<>();
    // Whoever has no row at all has an empty list.
    changed.forEach(documentId -> lists.put(documentId, NeighborList.EMPTY));
    Map<Long, Double> possible = new HashMap<>();
    arrivals.forEach(
        (documentId, best) -> {
          if (!floors.isAbove(documentId, best)) {
            possible.put(documentId, best);
            lists.put(documentId, NeighborList.EMPTY);
          }
        });
    RowSet<Row> rows =
        session.query(
            LOAD,
            generationId,
            possible.keySet().toArray(Long[]::new),
            possible.values().toArray(Double[]::new),
            changed.toArray(Long[]::new),
            maxNeighbors);
    for (Row row : rows) {
      Double floor = row.getDouble("floor");
      floors.seen(
          row.getLong("document_id"),
          floor == null ? OptionalDouble.empty() : OptionalDouble.of(floor));
      if (row.getBoolean("open")) {
        lists.put(row.getLong("document_id"), list(row));
      } else {
        lists.remove(row.getLong("document_id"));
      }
    }
    return lists;
  }

  private static NeighborList list(Row row) {
    Long[] ids = row.getArrayOfLongs("neighbor_ids");
    Double[] similarities = row.getArrayOfDoubles("similarities");
    Integer[] chunks = row.getArrayOfIntegers("chunks");
    Integer[] neighborChunks = row.getArrayOfIntegers("neighbor_chunks");
    List<Neighbor> neighbors = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      neighbors.add(new Neighbor(ids[i], similarities[i], chunks[i], neighborChunks[i]));
    }
    return new NeighborList(neighbors);
  }

  /** Writes the differences alone; waits, and returns how many rows that were. */
  Supplier<Integer> write(Map<Long, ListChange> changes) {
    List<Long> deletedOf = new ArrayList<>();
    List<Long> deleted = new ArrayList<>();
    List<Long> writtenOf = new ArrayList<>();
    List<Neighbor> written = new ArrayList<>();
    changes.forEach(
        (documentId, change) -> {
          for (long neighborId : change.removed()) {
            deletedOf.add(documentId);
            deleted.add(neighborId);
          }
          for (Neighbor neighbor : change.written()) {
            writtenOf.add(documentId);
            written.add(neighbor);
          }
        });
    List<Supplier<RowSet<Row>>> sent = new ArrayList<>();
    if (!deleted.isEmpty()) {
      sent.add(
          session.send(
              DELETE, generationId, deletedOf.toArray(Long[]::new), deleted.toArray(Long[]::new)));
    }
    if (!written.isEmpty()) {
      sent.add(
          session.send(
              WRITE,
              generationId,
              writtenOf.toArray(Long[]::new),
              written.stream().map(Neighbor::documentId).toArray(Long[]::new),
              written.stream().map(Neighbor::similarity).toArray(Double[]::new),
              written.stream().map(Neighbor::chunk).toArray(Integer[]::new),
              written.stream().map(Neighbor::neighborChunk).toArray(Integer[]::new)));
    }
    return () -> sent.stream().mapToInt(statement -> statement.get().rowCount()).sum();
  }
}
