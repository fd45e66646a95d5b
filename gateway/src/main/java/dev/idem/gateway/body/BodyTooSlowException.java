package dev.idem.gateway.body;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** A request body arrives more slowly than it must. */
final class BodyTooSlowException extends HttpException.RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooSlowException(MinimumBodyRate pace) {
        super(
                HttpStatus.REQUEST_TIMEOUT_408,
                "less than " + pace.minRate() + " bytes per second arrived for " + text(pace.within())
                        + ", or it took longer than " + text(pace.longest()) + " in all");
    }

    private static String text(java.time.Duration length) {
        return length.toMillis() % 1000 == 0 ? length.toSeconds() + " s" : length.toMillis() + " ms";
    }
}
