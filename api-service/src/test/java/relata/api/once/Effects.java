package relata.api.once;

import java.util.List;
import relata.api.testing.Database;

/**
 * Counts what was written, as a trigger sees it: each row and event that was committed, whoever
 * wrote it, and nothing that was rolled back.
 */
final class Effects implements AutoCloseable {
  private static final List<String> TABLES = List.of("collection", "document", "outbox");

  Effects() {
    Database.execute("create table public.effect (place text, act text, line jsonb)");
    // The service's roles may not write into the table; the function's owner may.
    Database.execute(
        """
        create function public.keep_effect() returns trigger language plpgsql security definer as $$
        begin
          insert into public.effect
          values (tg_table_name, tg_op, coalesce(to_jsonb(new), to_jsonb(old)));
          return null;
        end $$""");
    for (String table : TABLES) {
      Database.execute(
          """
          create trigger keep_effect after insert or update or delete on content.%s
          for each row execute function public.keep_effect()"""
              .formatted(table));
    }
  }

  /** From here on. */
  void forget() {
    Database.execute("delete from public.effect");
  }

  /**
   * Rows of the table to which one of the acts was done.
   *
   * @param acts a regular expression of INSERT, UPDATE and DELETE
   * @param column that has the value in them
   */
  long count(String table, String acts, String column, String value) {
    return Database.number(
        "select count(*) from public.effect where place = ? and act ~ ? and line ->> ? = ?",
        table,
        acts,
        column,
        value);
  }

  /** Events that were written for the tenant. */
  long events(String tenant) {
    return count("outbox", "INSERT", "subject", "content.changed." + tenant);
  }

  @Override
  public void close() {
    Database.execute("drop function public.keep_effect() cascade");
    Database.execute("drop table public.effect");
  }
}
