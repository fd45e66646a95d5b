package dev.idem.core.rollout;

import java.util.Optional;

/**
 * A wish to change what all nodes go by.
 *
 * @param expected the version that the wish is based on
 * @param settings empty to go back to the configuration files
 * @param by who wishes it, 1 to 255 characters
 * @param reason why, at most 500 characters; may be empty
 */
public record RolloutChange(long expected, Optional<RolloutSettings> settings, String by, String reason) {
    private static final int MAX_NAME = 255;
    private static final int MAX_REASON = 500;

    /** @throws IllegalArgumentException if a text is too long or cannot be stored, in a sentence */
    public RolloutChange {
        if (by.isBlank() || by.length() > MAX_NAME || by.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "whoever changes it must have a name of 1 to " + MAX_NAME + " characters");
        }
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "reason must have at most " + MAX_REASON + " characters, not " + reason.length());
        }
        if (reason.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("reason must not have the character U+0000");
        }
    }
}
