package relata.worker.outbox;

import relata.contracts.Subjects;
import relata.contracts.v1.FeaturesChanged;

/**
 * Features were stored or erased.
 *
 * @param collectionId 0 when it is not known any more
 * @param documentId 0 for all documents of the generation
 * @param version that they were made from; 0 when erased
 * @param traceparent W3C trace context of the change that it comes from; null when nobody traces
 */
public record FeatureEvent(
    String tenant,
    long collectionId,
    long generationId,
    long documentId,
    long version,
    String traceparent) {

  /** The features of a document were stored. */
  public static FeatureEvent stored(
      String tenant,
      long collectionId,
      long generationId,
      long documentId,
      long version,
      String traceparent) {
    return new FeatureEvent(tenant, collectionId, generationId, documentId, version, traceparent);
  }

  /** The features of a document were erased. */
  public static FeatureEvent erased(
      String tenant, long collectionId, long generationId, long documentId) {
    return new FeatureEvent(tenant, collectionId, generationId, documentId, 0, null);
  }

  /** The features of a whole generation were erased. */
  public static FeatureEvent erased(String tenant, long collectionId, long generationId) {
    return new FeatureEvent(tenant, collectionId, generationId, 0, 0, null);
  }

  String subject() {
    return Subjects.featuresChanged(tenant);
  }

  byte[] payload() {
    return FeaturesChanged.newBuilder()
        .setTenant(tenant)
        .setCollectionId(collectionId)
        .setGenerationId(generationId)
        .setDocumentId(documentId)
        .setVersion(version)
        .setDeleted(version == 0)
        .build()
        .toByteArray();
  }
}
