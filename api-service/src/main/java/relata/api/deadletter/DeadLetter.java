package relata.api.deadletter;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A document whose features could not be made and are not tried again by themselves.
 *
 * @param id what to replay it by
 * @param document the id that its client gave it
 * @param generation under which it is dead
 * @param version the document's version that was tried
 * @param code what went wrong, a short word for programs
 * @param reason what went wrong, one sentence for people
 */
@Schema(name = "DeadLetter")
record DeadLetter(
    String id,
    String collection,
    String document,
    long generation,
    long version,
    String code,
    String reason,
    int attempts,
    Instant diedAt) {}
