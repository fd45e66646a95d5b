package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.decision.Refusal;
import dev.idem.dropwizard.decision.Refusals;
import dev.idem.dropwizard.memory.BodyMemory;
import dev.idem.dropwizard.memory.Room;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.ProblemType;
import dev.idem.dropwizard.problem.UnreadableBodyException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds the bodies of methods that are not protected: what a resource reads whole, a stranger could make as long as he likes. For
 * applications whose resources take nothing large, and that answer errors as {@link dev.idem.dropwizard.problem.ProblemMappers} do. Counted in the memory for all; those of protected methods are bounded by their policy.
 */
public final class SmallBodies implements DynamicFeature {
    /** Bytes. */
    public static final int LONGEST = 64 << 10;

    private final BodyMemory memory;

    public SmallBodies(BodyMemory memory) {
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
                    throw refused(Refusals.tooLarge(LONGEST, null));
                }
                Room room = RoomsOfRequests.watched(request, memory.room());
                request.setEntityStream(new Counted(request.getEntityStream(), room));
            }
        }
    }

    /** Of one request. */
    private static final class Counted extends FilterInputStream {
        private final Room room;
        private int read;

        Counted(InputStream body, Room room) {
            super(body);
            this.room = room;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int more = super.read(into, offset, Math.min(length, LONGEST + 1));
            count(Math.max(0, more));
            return more;
        }

        private static UnreadableBodyException unreadable(ProblemType type, Refusal refusal) {
            return new UnreadableBodyException(type, refusal.problem().detail());
        }

        private void count(int more) throws UnreadableBodyException {
            read += more;
            if (read > LONGEST) {
                throw unreadable(ProblemType.REQUEST_TOO_LARGE, Refusals.tooLarge(LONGEST, null));
            }
            if (!room.grow(read)) {
                throw unreadable(ProblemType.OVERLOADED, Refusals.overloaded(null));
            }
        }
    }
}
