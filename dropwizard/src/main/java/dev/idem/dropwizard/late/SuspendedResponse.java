package dev.idem.dropwizard.late;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Jersey's {@link AsyncResponse}, as a resource method or a {@link TimeoutHandler} sees it: answers go through {@link SuspendedWork}.
 * Thread-safe.
 */
final class SuspendedResponse implements AsyncResponse {
    private final AsyncResponse jersey;
    private final SuspendedWork work;
    private final boolean ofTimeout;

    /** @param ofTimeout whether what it is answered with comes from a timeout */
    SuspendedResponse(AsyncResponse jersey, SuspendedWork work, boolean ofTimeout) {
        this.jersey = jersey;
        this.work = work;
        this.ofTimeout = ofTimeout;
    }

    @Override
    public boolean resume(Object response) {
        return work.answer(ofTimeout, response, () -> jersey.resume(response));
    }

    @Override
    public boolean resume(Throwable response) {
        return work.answer(ofTimeout, response, () -> jersey.resume(response));
    }

    @Override
    public boolean cancel() {
        return work.cancel(ofTimeout, jersey::cancel);
    }

    @Override
    public boolean cancel(int retryAfter) {
        return work.cancel(ofTimeout, () -> jersey.cancel(retryAfter));
    }

    @Override
    public boolean cancel(Date retryAfter) {
        return work.cancel(ofTimeout, () -> jersey.cancel(retryAfter));
    }

    @Override
    public boolean isSuspended() {
        return jersey.isSuspended();
    }

    @Override
    public boolean isCancelled() {
        return jersey.isCancelled();
    }

    @Override
    public boolean isDone() {
        return jersey.isDone();
    }

    @Override
    public boolean setTimeout(long time, TimeUnit unit) {
        return jersey.setTimeout(time, unit);
    }

    @Override
    public void setTimeoutHandler(TimeoutHandler handler) {
        work.onTimeout(handler);
    }

    @Override
    public Collection<Class<?>> register(Class<?> callback) {
        return jersey.register(callback);
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Class<?> callback, Class<?>... callbacks) {
        return jersey.register(callback, callbacks);
    }

    @Override
    public Collection<Class<?>> register(Object callback) {
        return jersey.register(callback);
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
        return jersey.register(callback, callbacks);
    }
}
