package dev.idem.dropwizard.late;

import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.filter.ProtectedRequest;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;

/** The work of a request that is still to be answered, though the server has ended it: its client has gone. */
record GoneWork(
        ContainerRequestContext request, Optional<ProtectedRequest> executing, Optional<RequestTransaction> transaction)
        implements LateAnswers.Unanswered {

    boolean isUnanswered() {
        return executing.filter(begun -> begun.lease().isUnended()).isPresent()
                || transaction.filter(RequestTransaction::isUndecided).isPresent();
    }

    /** What makes the answer cannot, as the client has gone. That says nothing of the work. */
    void answerLost() {
        executing.ifPresent(begun -> begun.lease().answerLost());
    }

    @Override
    public Duration bound() {
        return executing.map(begun -> begun.lease().lateAnswerWithin()).orElse(RoutePolicy.DEFAULT.lateAnswer());
    }

    /** An answer that comes after all is for nobody. */
    @Override
    public void giveUp() {
        executing.ifPresent(begun -> begun.lease().holdUnanswered());
        transaction.ifPresent(RequestTransaction::abort);
        RequestEnd.end(request);
    }
}
