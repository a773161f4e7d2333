package relata.local.bulk;

/** What became of the documents of an import. */
public record ImportSummary(long created, long updated, long unchanged, long rejected) {
  public static final ImportSummary NOTHING = new ImportSummary(0, 0, 0, 0);

  /** All but the rejected ones. */
  public long documents() {
    return created + updated + unchanged;
  }

  /** Documents for which there is work to do. */
  public long changed() {
    return created + updated;
  }

  public ImportSummary plus(ImportSummary other) {
    return new ImportSummary(
        created + other.created,
        updated + other.updated,
        unchanged + other.unchanged,
        rejected + other.rejected);
  }

  @Override
  public String toString() {
    return "%d created, %d updated, %d unchanged, %d rejected"
        .formatted(created, updated, unchanged, rejected);
  }
}
