package relata.api.prompt;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.tenant.Tenant;

/** Prompts in the database: those built in, and the tenant's own. None changes or goes. */
@Singleton
public final class PromptStore {
  private static final String COLUMNS =
      "name, template, encode(sha256, 'hex') as sha256, tenant is null as built_in, created_at";

  /** The names of those built in are taken for everybody. */
  private static final String INSERT =
      """
      insert into content.prompt (tenant, name, template, sha256)
      select $1, $2, $3, sha256(convert_to($3, 'UTF8'))
       where not exists (select from content.prompt where tenant is null and name = $2)
      on conflict (tenant, name) do nothing
      returning """
          + " "
          + COLUMNS;

  private static final String FIND =
      "select %s from content.prompt where (tenant is null or tenant = $1) and name = $2"
          .formatted(COLUMNS);

  private static final String PAGE =
      """
      select %s from content.prompt
       where (tenant is null or tenant = $1) and name > $2
       order by name limit $3"""
          .formatted(COLUMNS);

  private final Pool pool;

  PromptStore(Pool pool) {
    this.pool = pool;
  }

  /** What came of keeping a prompt. */
  sealed interface Kept {
    /** The prompt of that name as it is kept now. */
    Prompt prompt();

    /** It is new. */
    record Created(Prompt prompt) implements Kept {}

    /** There was one of that name already. */
    record Present(Prompt prompt) implements Kept {}
  }

  /**
   * Some prompts in the order of their names.
   *
   * @param next what to pass as {@code after} for the following ones; null if these were the last
   */
  @Schema(name = "PromptPage")
  record Page(List<Prompt> prompts, String next) {
    Page {
      prompts = List.copyOf(prompts);
    }
  }

  /** Keeps a prompt unless its name is taken. */
  Uni<Kept> keep(String name, String template) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(Tenant.current(), name, template))
        .map(PromptStore::first)
        .chain(
            created ->
                created.isPresent()
                    ? Uni.createFrom().item(new Kept.Created(created.get()))
                    : find(name).map(present -> new Kept.Present(present.orElseThrow())));
  }

  /** The prompt of this name, if there is one. */
  public Uni<Optional<Prompt>> find(String name) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(Tenant.current(), name))
        .map(PromptStore::first);
  }

  Uni<Page> page(String after, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(Tuple.of(Tenant.current(), after, limit + 1))
        .map(rows -> page(rows, limit));
  }

  private static Page page(RowSet<Row> rows, int limit) {
    List<Prompt> prompts = new ArrayList<>();
    rows.forEach(row -> prompts.add(prompt(row)));
    // One more than asked for says that there is a next page.
    return prompts.size() <= limit
        ? new Page(prompts, null)
        : new Page(prompts.subList(0, limit), prompts.get(limit - 1).name());
  }

  private static Optional<Prompt> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst().map(PromptStore::prompt);
  }

  private static Prompt prompt(Row row) {
    return new Prompt(
        row.getString("name"),
        row.getString("template"),
        row.getString("sha256"),
        row.getBoolean("built_in"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
