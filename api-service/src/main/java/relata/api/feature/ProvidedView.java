package relata.api.feature;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of chunks that a client brought.
 *
 * @param id the document's id
 * @param version the document's version that they belong to
 * @param outcome {@code stored}, or {@code unchanged} if the same were there already
 */
@Schema(name = "ProvidedResult")
record ProvidedView(
    String id,
    long generation,
    long version,
    int chunks,
    @Schema(enumeration = {"stored", "unchanged"}) String outcome) {}
