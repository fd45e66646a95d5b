package dev.idem.dropwizard.late;

import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.filter.ProtectedRequest;
import dev.idem.dropwizard.lifetime.Lifetime;
import dev.idem.dropwizard.request.RequestEnd;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/** Lets the work of a suspended request whose client has gone answer for as long as after a timeout. Thread-safe. */
public final class GoneClients implements ApplicationEventListener {
    private final LateAnswers answers;

    public GoneClients(LateAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    @Override
    public RequestEventListener onRequest(RequestEvent start) {
        return event -> {
            if (event.getType() == RequestEvent.Type.RESOURCE_METHOD_START) {
                watch(event.getContainerRequest());
            }
        };
    }

    private void watch(ContainerRequest request) {
        Optional<ProtectedRequest> executing = ProtectedRequest.of(request);
        Optional<RequestTransaction> transaction = RequestTransaction.of(request);
        if (executing.isPresent() || transaction.isPresent()) {
            Lifetime.of(request).ifPresent(lifetime -> {
                GoneWork work = new GoneWork(request, executing, transaction);
                lifetime.then(() -> await(lifetime, work));
                lifetime.whenMissed(work::answerLost);
            });
        }
    }

    /** What has been answered ends here, if Jersey has not ended it: a listener before ours may have failed. */
    private void await(Lifetime lifetime, GoneWork work) {
        if (lifetime.isSuspended() && work.isUnanswered()) {
            answers.await(work);
            RequestEnd.then(work.request(), () -> answers.ended(work));
        } else {
            RequestEnd.end(work.request());
        }
    }
}
