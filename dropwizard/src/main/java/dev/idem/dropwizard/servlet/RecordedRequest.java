package dev.idem.dropwizard.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The servlet request that filters and methods get in their {@code @Context}: its body is the recorded one. */
final class RecordedRequest extends HttpServletRequestWrapper {
    private final BodyRecording recording;
    private @Nullable BufferedReader reader;
    private int readerOf;

    RecordedRequest(HttpServletRequest request, BodyRecording recording) {
        super(request);
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

    private Charset charset() {
        return Optional.ofNullable(getCharacterEncoding()).map(Charset::forName).orElse(StandardCharsets.ISO_8859_1);
    }
}
