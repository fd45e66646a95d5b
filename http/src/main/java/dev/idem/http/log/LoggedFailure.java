package dev.idem.http.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a log may show it: its kind, its stack trace, and the harmless words of its message. HTTP libraries quote
 * requests in their messages, and with them paths, queries and keys. Its own message is the original's kind and message.
 */
public final class LoggedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a sentence consists of: words and small numbers. Keys and tokens are long, or mix letters and digits. */
    private static final String HARMLESS =
            "(?:[A-Za-z_.,:;()'\"!-]{1,20}|[.,:;()'\"!-]{0,3}\\d{1,6}[.,:;()'\"!-]{0,3})";

    /** Any other word: addresses, paths, queries, keys and descriptions of objects. */
    private static final String OTHER = "(?<!\\S)(?!" + HARMLESS + "(?!\\S))\\S++";

    /** From the first such word to the last one. */
    private static final Pattern OTHER_THAN_WORDS = Pattern.compile(OTHER + "(?s:.*" + OTHER + ")?");

    private static final String OMITTED = "…";
    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_CAUSES = 10;

    private LoggedFailure(Throwable failure, @Nullable Throwable cause) {
        super(describe(failure), cause);
        setStackTrace(failure.getStackTrace());
    }

    public static LoggedFailure of(Throwable failure) {
        return of(failure, MOST_CAUSES);
    }

    private static LoggedFailure of(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return new LoggedFailure(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }

    private static String describe(Throwable failure) {
        String name = failure.getClass().getName();
        String message = failure.getMessage();
        return message == null ? name : name + ": " + harmless(message);
    }

    private static String harmless(String message) {
        // The mark makes a word that is cut in two one of the others.
        String bounded = message.length() > MOST_CHARACTERS ? message.substring(0, MOST_CHARACTERS) + OMITTED : message;
        return OTHER_THAN_WORDS.matcher(bounded).replaceAll(OMITTED);
    }
}
