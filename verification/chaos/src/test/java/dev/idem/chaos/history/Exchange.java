package dev.idem.chaos.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request and what came of it.
 *
 * @param round in which part of the run
 * @param client numbers the clients of a key: each repeats until it has its answer
 * @param node where it was sent
 * @param reply null if there was none
 * @param failure why there was none, else null
 */
public record Exchange(
        UUID key,
        Workload workload,
        Round round,
        int client,
        int node,
        Duration begin,
        Duration end,
        @Nullable Reply reply,
        @Nullable String failure)
        implements Event {

    /** When a request is sent. */
    public enum Round {
        FIRST,
        /** Some seconds after the first clients had their answers. */
        LATE,
        /** After the last fault has healed. */
        AFTERWARDS
    }

    /**
     * An answer.
     *
     * @param body the id of the effect, if the status is 201
     * @param replayed whether it says that it is a replay
     */
    public record Reply(int status, String body, boolean replayed) {

        /** Nothing remains to be done for the client. */
        @JsonIgnore
        public boolean isFinal() {
            return status < 500 && status != 409;
        }

        @JsonIgnore
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    public Duration took() {
        return end.minus(begin);
    }

    public boolean succeeded() {
        return reply != null && reply.isSuccess();
    }

    /** Whether the client was told that this effect is its request's. */
    public boolean tells(UUID effect) {
        return reply != null && reply.isSuccess() && reply.body().equals(effect.toString());
    }
}
