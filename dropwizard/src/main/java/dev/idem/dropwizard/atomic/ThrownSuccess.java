package dev.idem.dropwizard.atomic;

import dev.idem.http.decision.outcome.AnswerWord;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exception of a route's atomic method that is answered like a success: the answer claims an effect that is rolled back, so it
 * must not be stored. Thread-safe.
 */
public final class ThrownSuccess {
    private static final int FIRST_REFUSAL = 400;
    private static final Logger log = LoggerFactory.getLogger(ThrownSuccess.class);

    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Says so in the log, once. A withheld answer claims an effect, too, whatever its status is: repeats are told that there is one.
     *
     * @param becomes what becomes of the answer otherwise
     * @param status of the answer
     */
    public boolean is(ContainerRequestContext request, AnswerWord becomes, int status) {
        if (becomes == AnswerWord.TOOK_NO_EFFECT
                || (status >= FIRST_REFUSAL && becomes != AnswerWord.WITHHOLD)
                || RequestTransaction.of(request).isEmpty()
                || !(request.getUriInfo() instanceof ExtendedUriInfo uri)
                || uri.getMappedThrowable() == null) {
            return false;
        }
        if (told.compareAndSet(false, true)) {
            log.warn(
                    "{} throws {}, which is answered with {}: what an atomic method did before it throws is rolled back, so such"
                            + " an answer is not stored and its key is free. Return the response instead",
                    uri.getMatchedResourceMethod().getInvocable().getHandlingMethod(),
                    uri.getMappedThrowable().getClass().getName(),
                    status);
        }
        return true;
    }
}
