package dev.idem.dropwizard.lifetime;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A servlet request that keeps its attributes, which Jersey's properties are, for as long as anybody has it. Once the server has ended it, it
 * tells what it had shown before, and never anything of another request.
 */
final class LastingRequest extends HttpServletRequestWrapper {
    private final LastingResponse response;
    private final Lifetime lifetime;
    private final Optional<LostClient> client;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> roles = new ConcurrentHashMap<>();
    private @Nullable LastingInput input;
    private @Nullable BufferedReader reader;

    LastingRequest(HttpServletRequest server, LastingResponse response, Lifetime lifetime) {
        super(server);
        this.response = response;
        this.lifetime = lifetime;
        client = LostClient.watch(server, lifetime);
        attributes.put(Lifetime.ATTRIBUTE, lifetime);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        @Nullable Object own = attributes.get(name);
        return own == null ? super.getAttribute(name) : own;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new HashSet<>(attributes.keySet());
        names.addAll(Collections.list(super.getAttributeNames()));
        return Collections.enumeration(names);
    }

    /** Servlet filters around this one see it too. */
    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
        } else {
            attributes.put(name, value);
            if (!lifetime.isOver()) {
                super.setAttribute(name, value);
            }
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
        if (!lifetime.isOver()) {
            super.removeAttribute(name);
        }
    }

    @Override
    public boolean isUserInRole(String role) {
        boolean is = super.isUserInRole(role);
        roles.put(role, is);
        return is;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream server = super.getInputStream();
        LastingInput open = input;
        if (open == null || open.server() != server) {
            open = new LastingInput(server, lifetime);
            input = open;
        }
        return open;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader server = super.getReader();
        BufferedReader open = reader;
        if (open == null) {
            open = new BufferedReader(new LastingReader(server, lifetime));
            reader = open;
        }
        return open;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse toResponse) {
        HttpServletRequest shown = shown();
        return lasting(super.startAsync(request, toResponse), shown);
    }

    /** Of a request that is suspended already: a servlet filter may have done that. */
    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext started = super.getAsyncContext();
        return lifetime.isSuspended() ? completable(started) : lasting(started, shown());
    }

    private HttpServletRequest shown() {
        return EndedRequest.of((HttpServletRequest) getRequest(), roles, lifetime);
    }

    private AsyncContext lasting(AsyncContext started, HttpServletRequest shown) {
        lifetime.suspend(shown);
        started.addListener(new End());
        client.ifPresent(watched -> watched.suspended(started));
        return completable(started);
    }

    /** Its {@code complete} does nothing when the request has ended: Jersey may call it then. */
    private AsyncContext completable(AsyncContext started) {
        return (AsyncContext) Proxy.newProxyInstance(
                LastingRequest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, asked, arguments) -> asked.getName().equals("complete") && lifetime.isOver()
                        ? null
                        : ask(started, asked, arguments));
    }

    private static @Nullable Object ask(AsyncContext started, Method asked, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return asked.invoke(started, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The end, which the server tells before it uses its objects again. */
    private final class End implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            lifetime.afterwards().ifPresent(LastingRequest.this::setRequest);
            response.end();
            lifetime.end();
        }

        /** The client has gone: the server answers by itself, if at all. */
        @Override
        public void onError(AsyncEvent event) {
            onComplete(event);
        }

        /** Jersey lets the server wait without end, and keeps the time itself. */
        @Override
        public void onTimeout(AsyncEvent event) {
            // the end comes with onComplete
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
