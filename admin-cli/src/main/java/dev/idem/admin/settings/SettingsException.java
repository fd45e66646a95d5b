package dev.idem.admin.settings;

/** A setting cannot be used. The message says which one, and what to write instead. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
