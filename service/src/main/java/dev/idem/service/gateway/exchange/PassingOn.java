package dev.idem.service.gateway.exchange;

import dev.idem.core.background.Maimed;
import dev.idem.core.record.Lease;
import dev.idem.dropwizard.decision.Settlements;
import dev.idem.service.gateway.route.RouteSettings;
import dev.idem.service.gateway.upstream.UpstreamCall;
import dev.idem.service.gateway.upstream.UpstreamClient;
import dev.idem.service.gateway.upstream.UpstreamFailure;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.client.BytesRequestContent;

/** Sends a route's requests on as if nothing were there. Thread-safe; blocks nobody. */
final class PassingOn {
    /** Sent once more if their connection ends, as one may that the upstream has kept open for long enough (RFC 9110, 9.2.2). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final RouteSettings settings;
    private final UpstreamClient upstream;
    private final Settlements settlements;
    private final Answers answers;
    private final RouteCounters counters;
    private final RequestHead head;

    PassingOn(
            RouteSettings settings,
            UpstreamClient upstream,
            Settlements settlements,
            Answers answers,
            RouteCounters counters) {
        this.settings = settings;
        this.upstream = upstream;
        this.settlements = settlements;
        this.answers = answers;
        this.counters = counters;
        this.head = new RequestHead(settings);
    }

    /** @param read what was read of the body already */
    void pass(Client client, ReadBody read) {
        boolean mayBeSentTwice = SAFE.contains(client.request().getMethod()) && !client.hasBody();
        Optional<Runnable> again = mayBeSentTwice
                ? Optional.of(() -> pass(client, read, Optional.empty(), Optional.empty()))
                : Optional.empty();
        pass(client, read, again, Optional.empty());
    }

    /** @param lease ended when it is known what came of the request */
    void passInShadow(Client client, ReadBody read, Lease lease) {
        ShadowLease shadow = new ShadowLease(
                lease,
                settings.policy().stored(),
                settlements,
                client.request().getComponents().getExecutor());
        try {
            pass(client, read, Optional.empty(), Optional.of(shadow));
        } catch (RuntimeException | Error e) {
            Maimed.haltAfter(e);
            shadow.unanswered();
            throw e;
        }
    }

    private void pass(Client client, ReadBody read, Optional<Runnable> again, Optional<ShadowLease> shadow) {
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), settings.timeout());
        if (call.isEmpty()) {
            shadow.ifPresent(ShadowLease::unanswered);
            counters.failed(UpstreamFailure.Kind.BUSY);
            answers.refuse(client, Failures.busy(null), Optional.empty());
            return;
        }
        Optional<ClientBody> unread = Optional.empty();
        if (read.isWhole() && client.hasBody()) {
            call.get().request().body(new BytesRequestContent((String) null, read.bytes()));
        } else if (client.hasBody()) {
            unread = Optional.of(new ClientBody(client, read.bytes()));
        }
        call.get().request().headers(headers -> head.write(client.request(), headers));
        call.get().request().send(new PassThrough(client, call.get(), answers, counters, unread, again, shadow));
    }
}
