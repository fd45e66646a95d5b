package dev.idem.admin.output;

/** A result that did not reach the place where it should go. The message is a sentence. */
public final class OutputLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerHasGone;

    OutputLostException(String message, boolean readerHasGone) {
        super(message);
        this.readerHasGone = readerHasGone;
    }

    /** Whether nobody reads any more, as after {@code | head}: then there is nobody to tell, either. */
    public boolean readerHasGone() {
        return readerHasGone;
    }
}
