package dev.idem.dropwizard.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.lang3.math.NumberUtils;
import org.jspecify.annotations.Nullable;

/** A servlet response that notes which headers are set while a method executes. */
abstract class NotedHeaders extends HttpServletResponseWrapper {
    final HttpServletResponse server;
    private final Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private long announcedLength = -1;

    NotedHeaders(HttpServletResponse server) {
        super(server);
        this.server = server;
    }

    /** Whether headers are noted. */
    abstract boolean isCapturing();

    /** Whether the head has been sent, as far as the method can tell. */
    abstract boolean isSent();

    /** Whether what is set now is in nobody's answer. */
    abstract boolean reachesNobody();

    /** The headers that the method has set. */
    public final Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : set) {
            List<String> values = new ArrayList<>(server.getHeaders(name));
            if (!values.isEmpty()) {
                headers.put(name, values);
            }
        }
        return headers;
    }

    /** The length that the method has announced for its body, which counts for one that is not held back; negative for none. */
    final long announcedLength() {
        return announcedLength;
    }

    /** What is held back is measured: a wrong length could not be sent. */
    private boolean isHeldBack(String header) {
        return isCapturing() && header.equalsIgnoreCase("Content-Length");
    }

    private void announce(@Nullable String length) {
        if (!isSent()) {
            announcedLength = NumberUtils.toLong(length, -1);
        }
    }

    /** Removes them: the client gets another answer. */
    public final void removeHeaders() {
        set.forEach(name -> server.setHeader(name, null));
        set.clear();
    }

    private boolean changes(String header) {
        if (!isCapturing()) {
            return !reachesNobody();
        }
        if (!isSent()) {
            set.add(header);
        }
        return !isSent();
    }

    @Override
    public void reset() {
        server.reset();
        set.clear();
        announcedLength = -1;
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (changes("Set-Cookie")) {
            server.addCookie(cookie);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isHeldBack(name)) {
            announce(value);
        } else if (changes(name)) {
            server.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isHeldBack(name)) {
            announce(value);
        } else if (changes(name)) {
            server.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (changes(name)) {
            server.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (changes(name)) {
            server.addDateHeader(name, date);
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (changes("Content-Type")) {
            server.setContentType(type);
        }
    }

    @Override
    public void setCharacterEncoding(String charset) {
        if (changes("Content-Type")) {
            server.setCharacterEncoding(charset);
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (isHeldBack("Content-Length")) {
            announce(Long.toString(length));
        } else {
            server.setContentLengthLong(length);
        }
    }

    @Override
    public void setLocale(Locale locale) {
        if (changes("Content-Language")) {
            server.setLocale(locale);
        }
    }
}
