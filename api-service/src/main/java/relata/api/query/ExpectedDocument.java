package relata.api.query;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A document that a good answer has.
 *
 * @param grade how much it is worth, from 1 up
 */
@Schema(name = "ExpectedDocument")
record ExpectedDocument(String id, int grade) {}
