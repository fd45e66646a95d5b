package dev.idem.dropwizard.lease;

import dev.idem.http.decision.outcome.AnswerWord;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a method has said last of its answer, as long as that counts. Thread-safe. */
public final class LastWord {
    private static final String PROPERTY = LastWord.class.getName();

    private @Nullable AnswerWord said;
    private boolean decided;

    /** Makes it a request's. */
    public void isOf(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    /** Empty for a request that the layer has not seen. */
    public static Optional<LastWord> of(ContainerRequestContext request) {
        return Optional.ofNullable((LastWord) request.getProperty(PROPERTY));
    }

    /** @throws IllegalStateException if it has been decided what becomes of the answer */
    public synchronized void say(AnswerWord word) {
        if (decided) {
            throw new IllegalStateException(
                    "what becomes of this request's answer has been decided: say it before the method answers,"
                            + " or in an exception mapper or a response filter");
        }
        said = word;
    }

    /** What has been said by now, if anything. */
    public synchronized Optional<AnswerWord> said() {
        return Optional.ofNullable(said);
    }

    /** The same; nothing can be said from here on. */
    synchronized Optional<AnswerWord> decide() {
        decided = true;
        return said();
    }
}
