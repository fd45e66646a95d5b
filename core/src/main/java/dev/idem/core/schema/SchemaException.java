package dev.idem.core.schema;

/** The schema could not be read or changed; the message says why. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String what, Throwable cause) {
        super(what + ": " + innermost(cause), cause);
    }

    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}
