package dev.idem.dropwizard.late;

import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.filter.ProtectedRequest;
import dev.idem.dropwizard.request.HandedOver;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.server.internal.process.RequestProcessingContextReference;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Passes a method the {@code @Suspended AsyncResponse} of its request; of one that executes under a lease, or in a transaction, ours. */
final class SuspendedParameter implements ValueParamProvider {
    private final Provider<RequestProcessingContextReference> current;
    private final LateAnswers answers;

    @Inject
    SuspendedParameter(Provider<RequestProcessingContextReference> current, LateAnswers answers) {
        this.current = current;
        this.answers = answers;
    }

    @Override
    public @Nullable Function<ContainerRequest, AsyncResponse> getValueProvider(Parameter parameter) {
        return parameter.getSource() == Parameter.Source.SUSPENDED && parameter.getRawType() == AsyncResponse.class
                ? this::suspended
                : null;
    }

    /** Before Jersey's own. */
    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }

    private AsyncResponse suspended(ContainerRequest request) {
        RequestProcessingContext context = current.get().get();
        AsyncResponse jersey = context.asyncContext();
        Optional<ProtectedRequest> executing =
                ProtectedRequest.of(request).filter(begun -> begun.lease().isUnended());
        Optional<RequestTransaction> transaction = RequestTransaction.of(request);
        if (executing.isEmpty() && transaction.isEmpty()) {
            return jersey;
        }
        SuspendedWork work = new SuspendedWork(jersey, () -> LateWork.of(context, executing, transaction), answers);
        HandedOver.watch(request, work::outlives);
        return work.response();
    }
}
