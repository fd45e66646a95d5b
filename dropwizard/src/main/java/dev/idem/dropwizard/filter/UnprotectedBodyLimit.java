package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.UnreadableBodyException;
import dev.idem.http.decision.Refusal;
import dev.idem.http.decision.RefusalProblems;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.io.InputStream;

/**
 * Bounds the bodies of methods that are not protected: what a resource reads whole, a stranger could make as long as he likes. For
 * applications whose resources take nothing large, and that answer errors as {@link dev.idem.dropwizard.problem.ProblemMappers} do. Counted in the memory for all; those of protected methods are bounded by their policy.
 */
public final class UnprotectedBodyLimit implements DynamicFeature {
    /** Bytes. */
    public static final int LONGEST = 64 << 10;

    private static final String TOO_LARGE =
            RefusalProblems.tooLarge(LONGEST, null).problem().detail();

    private final BodyMemory memory;

    public UnprotectedBodyLimit(BodyMemory memory) {
        this.memory = memory;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (!IdempotentFeature.isProtected(resource.getResourceMethod(), resource.getResourceClass())) {
            context.register(new Bound(memory));
        }
    }

    private static ProblemException refused(Refusal refusal) {
        return new ProblemException(refusal.problem(), refusal.headers());
    }

    private record Bound(BodyMemory memory) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (request.hasEntity()) {
                if (request.getLength() > LONGEST) {
                    throw refused(RefusalProblems.tooLarge(LONGEST, null));
                }
                BodyReservation room = BodyReservationCleanup.watched(request, memory.room());
                request.setEntityStream(new Counted(request.getEntityStream(), room));
            }
        }
    }

    /** Of one request. */
    private static final class Counted extends LimitedInputStream {
        private final BodyReservation room;

        Counted(InputStream body, BodyReservation room) {
            super(body, LONGEST, TOO_LARGE);
            this.room = room;
        }

        @Override
        protected void haveRead(long bytes) throws UnreadableBodyException {
            if (!room.grow(bytes)) {
                throw new UnreadableBodyException(
                        ProblemType.OVERLOADED,
                        RefusalProblems.overloaded(null).problem().detail());
            }
        }
    }
}
