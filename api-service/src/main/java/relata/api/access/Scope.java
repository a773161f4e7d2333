package relata.api.access;

import java.util.List;

/** What a caller may do. Scopes do not include each other: a key has what it was given. */
public final class Scope {
  /** See what the tenant has, and search it. */
  public static final String READ = "read";

  /** Change what the tenant has. */
  public static final String WRITE = "write";

  /** Make and revoke the tenant's keys. */
  public static final String ADMIN = "admin";

  /** What concerns all tenants; no key in the database has it. */
  public static final String OPERATOR = "operator";

  /** Those that a key can be given. */
  static final List<String> OF_KEYS = List.of(READ, WRITE, ADMIN);

  private Scope() {}
}
