package relata.api.deadletter;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a replay began.
 *
 * @param documents how many are tried again; 0 if they are already
 * @param more whether some are left because one request replays no more; repeat it
 */
@Schema(name = "Replayed")
record Replayed(long documents, boolean more) {}
