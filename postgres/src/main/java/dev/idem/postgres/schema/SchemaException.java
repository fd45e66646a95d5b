package dev.idem.postgres.schema;

/** The schema could not be read or changed. The message gives the reason and the remedy, and never contains a password. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
