package dev.idem.dropwizard.body;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.UnreadableBodyException;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.dropwizard.route.ProtectedMethods;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.io.InputStream;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Limits the bodies of methods that are not protected; a policy limits those of protected ones. The bytes count against the
 * body memory. For applications whose resources take nothing large, and that register {@link
 * dev.idem.dropwizard.problem.ProblemMappers}.
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
        MethodRoutes routes = MethodRoutes.of(context.getConfiguration());
        if (routes.mayBeConfigured()
                || !ProtectedMethods.isProtected(resource.getResourceMethod(), resource.getResourceClass())) {
            context.register(new Bound(memory, routes));
        }
    }

    private static ProblemException refused(Refusal refusal) {
        return new ProblemException(refusal.problem(), refusal.headers());
    }

    private record Bound(BodyMemory memory, MethodRoutes routes) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (request.hasEntity() && !routes.protects((ExtendedUriInfo) request.getUriInfo())) {
                if (request.getLength() > LONGEST) {
                    throw refused(RefusalProblems.tooLarge(LONGEST, null));
                }
                BodyReservation reservation = memory.reservation();
                RequestEnd.then(request, reservation::release);
                request.setEntityStream(new Counted(request.getEntityStream(), reservation));
            }
        }
    }

    /** Of one request. */
    private static final class Counted extends LimitedInputStream {
        private final BodyReservation reservation;

        Counted(InputStream body, BodyReservation reservation) {
            super(body, LONGEST, TOO_LARGE);
            this.reservation = reservation;
        }

        @Override
        protected void haveRead(long bytes) throws UnreadableBodyException {
            if (!reservation.grow(bytes)) {
                throw new UnreadableBodyException(
                        ProblemType.OVERLOADED,
                        RefusalProblems.overloaded(null).problem().detail());
            }
        }
    }
}
