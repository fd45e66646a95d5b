package dev.idem.dropwizard.lifetime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The server's objects serve other requests when one has ended; what was taken of them before is not theirs any more. */
final class LifetimeFilterTest {
    private static final String ALL = "all of the body";

    private final StringWriter sent = new StringWriter();
    private final PrintWriter serversWriter = new PrintWriter(sent);
    private final List<AsyncListener> listeners = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private boolean suspended;

    private final HttpServletRequest request =
            like(HttpServletRequest.class, (proxy, asked, arguments) -> switch (asked.getName()) {
                case "getInputStream" -> new Body();
                case "getReader" -> new BufferedReader(new StringReader(ALL));
                case "isUserInRole" -> arguments[0].equals("teller");
                case "setAttribute", "removeAttribute" -> {
                    changes.add(asked.getName());
                    yield null;
                }
                case "isAsyncStarted" -> suspended;
                case "startAsync" -> {
                    suspended = true;
                    yield like(AsyncContext.class, (context, listener, one) -> listeners.add((AsyncListener) one[0]));
                }
                case "getHeaderNames", "getAttributeNames", "getLocales" -> Collections.emptyEnumeration();
                case "getParameterMap" -> Map.of();
                default -> nothing(asked.getReturnType());
            });

    private final HttpServletResponse response = like(
            HttpServletResponse.class,
            (proxy, asked, arguments) -> asked.getName().equals("getWriter") ? serversWriter : null);

    @FunctionalInterface
    private interface Use {
        void of(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private void serve(Use use) throws Exception {
        new LifetimeFilter()
                .doFilter(
                        request, response, (given, to) -> use.of((HttpServletRequest) given, (HttpServletResponse) to));
    }

    private void complete() throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onComplete(new AsyncEvent(like(AsyncContext.class, (proxy, asked, arguments) -> null)));
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        return type == void.class ? null : Array.get(Array.newInstance(type, 1), 0);
    }

    private static <T> T like(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    @Test
    void aBodyHasNoEndWhenItsRequestHasOne() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        List<BufferedReader> readers = new ArrayList<>();
        serve((given, to) -> {
            streams.add(given.getInputStream());
            readers.add(given.getReader());
            assertThat(given.getInputStream().readNBytes(3)).hasSize(3);
        });

        assertThatThrownBy(streams.get(0)::read).isInstanceOf(IOException.class);
        assertThatThrownBy(streams.get(0)::readAllBytes).isInstanceOf(IOException.class);
        assertThatThrownBy(readers.get(0)::readLine).isInstanceOf(IOException.class);
        assertThat(((ServletInputStream) streams.get(0)).isFinished()).isFalse();
    }

    @Test
    void theServersWriterIsNobodysAfterTheEnd() throws Exception {
        List<PrintWriter> writers = new ArrayList<>();
        serve((given, to) -> {
            writers.add(to.getWriter());
            to.getWriter().print("in time");
            to.getWriter().format(" and %s", "well");
        });
        PrintWriter late = writers.get(0);
        late.println("late");
        late.format(Locale.ROOT, "%s", "late");
        late.printf("%s", "late");
        late.flush();
        late.close();

        assertThat(late.checkError()).isTrue();
        assertThat(sent).hasToString("in time and well");
    }

    @Test
    void nobodyElsesAttributesChange() throws Exception {
        List<HttpServletRequest> requests = new ArrayList<>();
        serve((given, to) -> {
            requests.add(given);
            given.setAttribute("early", "1");
            given.removeAttribute("early");
        });
        requests.get(0).setAttribute("late", "1");
        requests.get(0).removeAttribute("late");

        assertThat(changes).containsExactly("setAttribute", "removeAttribute");
    }

    @Test
    void aRoleThatWasAskedForIsKnownAfterTheEnd() throws Exception {
        List<HttpServletRequest> requests = new ArrayList<>();
        serve((given, to) -> {
            given.startAsync();
            assertThat(given.isUserInRole("teller")).isTrue();
            assertThat(given.isUserInRole("auditor")).isFalse();
            requests.add(given);
            requests.add(((Lifetime) given.getAttribute(Lifetime.ATTRIBUTE))
                    .afterwards()
                    .orElseThrow());
        });
        complete();

        for (HttpServletRequest ended : requests) {
            assertThat(ended.isUserInRole("teller")).isTrue();
            assertThat(ended.isUserInRole("auditor")).isFalse();
            assertThatThrownBy(() -> ended.isUserInRole("manager")).isInstanceOf(IllegalStateException.class);
        }
    }

    private static final class Body extends ServletInputStream {
        private final InputStream bytes = new ByteArrayInputStream(ALL.getBytes(US_ASCII));

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
