package dev.idem.dropwizard.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletMultiPartFormData;
import org.jspecify.annotations.Nullable;

/** The servlet request that filters and methods get in their {@code @Context}: its body is the recorded one. */
final class RecordedRequest extends HttpServletRequestWrapper {
    private final DirectResponse response;
    private final BodyRecording recording;
    private @Nullable BufferedReader reader;
    private int readerOf;

    RecordedRequest(HttpServletRequest request, DirectResponse response, BodyRecording recording) {
        super(request);
        this.response = response;
        this.recording = recording;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (recording.isLeft()) {
            return super.getInputStream();
        }
        recording.servlet().runOn(isAsyncStarted() ? getAsyncContext() : null);
        return recording.servlet();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (recording.isLeft()) {
            return super.getReader();
        }
        RecordedStream body = recording.servlet();
        BufferedReader open = reader;
        if (open == null || readerOf != body.rewinds()) {
            open = new BufferedReader(new InputStreamReader(body, charset()));
            reader = open;
            readerOf = body.rewinds();
        }
        return open;
    }

    /** The server would look for the parts in what it has handed out already. */
    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        return recording.isLeft() ? super.getParts() : ReceivedParts.of(this).getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        return recording.isLeft() ? super.getPart(name) : ReceivedParts.of(this).getPart(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        takeApart();
        return super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        takeApart();
        return super.getParameterValues(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        takeApart();
        return super.getParameterNames();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        takeApart();
        return super.getParameterMap();
    }

    /** The server takes parts for parameters, and finds those that were made here. */
    private void takeApart() {
        if (!recording.isLeft() && ReceivedParts.arePossible(this)) {
            try {
                ServletMultiPartFormData.Parts unused = ReceivedParts.of(this);
            } catch (IOException | ServletException e) {
                throw new IllegalStateException("the parts of the body cannot be read", e);
            }
        }
    }

    @Override
    public AsyncContext startAsync() {
        return ofThis(super.startAsync());
    }

    @Override
    public AsyncContext getAsyncContext() {
        return ofThis(super.getAsyncContext());
    }

    /** Jersey has begun it with the server's own objects: what is written to those would be sent without being stored. */
    private AsyncContext ofThis(AsyncContext server) {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "getRequest" -> this;
            case "getResponse" -> response;
            default -> called(server, method, arguments);
        };
        return (AsyncContext) Proxy.newProxyInstance(
                RecordedRequest.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, calls);
    }

    private static @Nullable Object called(AsyncContext server, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(server, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Charset charset() {
        return Optional.ofNullable(getCharacterEncoding()).map(Charset::forName).orElse(StandardCharsets.ISO_8859_1);
    }
}
