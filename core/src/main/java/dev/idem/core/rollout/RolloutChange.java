package dev.idem.core.rollout;

import java.util.Optional;

/**
 * A request to change the settings of all nodes.
 *
 * @param expected the version on which the change is based
 * @param settings empty to go back to the configuration files
 * @param by the operator's name, 1 to 255 characters
 * @param reason why, at most 500 characters; may be empty
 */
public record RolloutChange(long expected, Optional<RolloutSettings> settings, String by, String reason) {
    private static final int MAX_NAME = 255;
    private static final int MAX_REASON = 500;

    /** @throws IllegalArgumentException with a complete sentence, if a text is too long or cannot be stored */
    public RolloutChange {
        if (by.isBlank() || by.length() > MAX_NAME || by.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the operator's name must have 1 to " + MAX_NAME + " characters");
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
