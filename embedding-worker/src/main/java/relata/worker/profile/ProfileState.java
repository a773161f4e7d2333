package relata.worker.profile;

import java.time.OffsetDateTime;

/**
 * The profile that was asked for last.
 *
 * @param reason why it failed, else empty
 * @param changedAt grows with every change; whoever activates it writes only while it still is what
 *     it wrote last
 */
public record ProfileState(
    String profile, ProfilePhase phase, String reason, OffsetDateTime changedAt) {}
