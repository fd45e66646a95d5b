package dev.idem.postgres.schema;

/** The schema could not be read or changed. The message says why and what to do, and holds no password. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
