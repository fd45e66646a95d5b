package dev.idem.core.placeholder;

/** A placeholder in a configuration file cannot be filled. The message names its key and its variable, and no value. */
public final class UnsetVariableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsetVariableException(String message) {
        super(message);
    }
}
